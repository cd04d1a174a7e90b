import Foundation
import StowageReports

/// Stand-ins for `virsh` and `ssh` that a script can be run with: they keep where each VM is and in what
/// state in files, and write down every call.
final class FakeHypervisors {
  let folder: URL
  private var journal: URL { folder.appending(path: "journal.jsonl") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "stowage-fake-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "bin"), withIntermediateDirectories: true)
    try install("virsh", Self.virsh)
    try install("ssh", "#!/bin/sh\n" + Self.log + "exit 0\n")
    try install("sleep", "#!/bin/sh\nexec /bin/sleep 0.01\n")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Names may hold anything, files are named by checksums.
  private static let log = """
    fake=${0%/bin/*}
    key() { printf '%s' "$1" | cksum | tr ' ' '-'; }
    line=$(for word in "${0##*/}" "$@"; do printf '%s\\001' "$word"; done; printf '\\002')
    printf '%s' "$line" >>"$fake/calls"

    """

  private static let virsh =
    "#!/bin/sh\n" + log + """
      uri=$2 command=$3
      shift 3
      domain= target= kind=live
      while [ $# -gt 0 ]; do
        case $1 in
          --domain) domain=$2; shift ;;
          --desturi) target=$2; shift ;;
          --offline) kind=offline ;;
          --bandwidth|--postcopy-bandwidth|--downtime|--seconds|--timeout|--parallel-connections) shift ;;
        esac
        shift
      done
      here=$fake/$(key "$uri $domain")
      case $command in
        domstate) [ -e "$here" ] || exit 1; cat "$here"; echo ;;
        domjobinfo) echo 'Job type:         None' ;;
        shutdown) echo 'shut off' >"$here" ;;
        start) [ "$(cat "$here")" = 'shut off' ] || exit 1; echo running >"$here" ;;
        migrate)
          [ ! -e "$fake/broken-$(key "$domain")" ] || exit 1
          if [ "$kind" = live ]; then [ "$(cat "$here")" = running ] || exit 1; else [ "$(cat "$here")" = 'shut off' ] || exit 1; fi
          mv "$here" "$fake/$(key "$target $domain")" ;;
        list) echo ;;
      esac
      exit 0
      """

  private func install(_ name: String, _ text: String) throws {
    let file = folder.appending(path: "bin/\(name)")
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  private func key(_ text: String) throws -> String {
    try Shell.run("printf '%s' \(Self.quoted(text)) | cksum | tr ' ' '-' | tr -d '\\n'")
  }

  /// Scalar by scalar: a quote that a mark is joined to is a quote all the same.
  private static func quoted(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }

  func put(_ vm: String, on host: String, state: String) throws {
    let name = try key("\(Self.uri(host)) \(vm)")
    try Data("\(state)\n".utf8).write(to: folder.appending(path: name))
  }

  /// The state of a VM on a host; `nil` when it is not there.
  func state(of vm: String, on host: String) throws -> String? {
    let name = try key("\(Self.uri(host)) \(vm)")
    guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func breakMigration(of vm: String, _ isBroken: Bool = true) throws {
    let file = folder.appending(path: "broken-\(try key(vm))")
    if isBroken { try Data().write(to: file) } else { try FileManager.default.removeItem(at: file) }
  }

  private static func uri(_ host: String) -> String { "qemu+ssh://\(HostAddress(host).uriHost)/system" }

  /// Runs a script with these hypervisors and the system's own basic tools.
  func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let file = folder.appending(path: "run.sh")
    try Data(script.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [file.path] + arguments + ["--journal", journal.path]
    process.environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "TMPDIR": folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// The journal's last outcome of each step.
  var outcomes: [String: String] {
    var outcomes: [String: String] = [:]
    let text = (try? String(decoding: Data(contentsOf: journal), as: UTF8.self)) ?? ""
    for line in text.split(separator: "\n") {
      guard
        let entry = try? JSONDecoder().decode([String: String].self, from: Data(line.utf8)),
        let step = entry["step"], entry["instant"] != nil
      else { continue }
      outcomes[step] = entry["outcome"]
    }
    return outcomes
  }

  /// From now on the clock shows seconds since 1970, so many more at each look.
  func setClock(to seconds: Int, step: Int = 0) throws {
    try Data("\(seconds)\n".utf8).write(to: folder.appending(path: "now"))
    try install(
      "date",
      """
      #!/bin/sh
      [ "$*" = +%s ] || exec /bin/date "$@"
      fake=${0%/bin/*}
      read -r now <"$fake/now"
      echo "$now"
      echo $((now + \(step))) >"$fake/now"

      """)
  }

  func makeStopFile() throws { try Data().write(to: folder.appending(path: "journal.jsonl.stop")) }

  func append(toJournal line: String) throws {
    let old = (try? Data(contentsOf: journal)) ?? Data()
    try (old + Data("\(line)\n".utf8)).write(to: journal)
  }

  /// Every call, as its words.
  var calls: [[String]] {
    let text = (try? String(decoding: Data(contentsOf: folder.appending(path: "calls")), as: UTF8.self)) ?? ""
    return text.split(separator: "\u{2}").map {
      $0.split(separator: "\u{1}", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }
}
