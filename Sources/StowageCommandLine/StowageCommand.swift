public import ArgumentParser
import StowageKit

/// A subcommand that answers on a console and says how it ended.
protocol AnsweringCommand: ParsableCommand {
  func answer(on console: Console) -> ExitStatus
}

/// The `stowage` program.
public struct StowageCommand: ParsableCommand {
  /// Name, summary and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "stowage",
    abstract: "Plans where virtual machines should run, and how to get them there, with proof.",
    discussion: """
      INVENTORY is a folder with hosts.csv and vms.csv, an inventory.json, or an export that is there already: of RVTools, \
      Proxmox VE, OpenStack, libvirt, govc, PowerCLI, Hyper-V, Ganeti, XCP-ng, Nutanix and others (--from). Stowage reads files and writes files: it never touches \
      a hypervisor.

      Exit status: 0 answered and verified; 1 an honest no; 2 could not tell within the limits; \
      3 input or file error; 64 usage.
      """,
    version: ProgramVersion.text,
    subcommands: [
      PlanCommand.self, CheckCommand.self, VerifyCommand.self, RunbookCommand.self, EstimateCommand.self,
      ConvertCommand.self, ReplanCommand.self, ExplainCommand.self, CompareCommand.self,
      ReviewCommand.self, CalibrateCommand.self, SitesCommand.self, ProtectCommand.self,
      ReplicationCommand.self,
    ])

  /// Made by ArgumentParser.
  public init() {}

  /// Runs the program on `arguments` (without its own name).
  ///
  /// - Returns: The status for the shell.
  public static func run(_ arguments: [String], on console: Console) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if let answering = command as? any AnsweringCommand {
        return answering.answer(on: console).rawValue
      }
      // What is left are requests for help: they throw the text, a subcommand's for `plan --help`.
      try command.run()
      return ExitStatus.answered.rawValue
    } catch {
      let status = exitCode(for: error).rawValue
      let message = fullMessage(for: error)
      if status == 0 { console.answer(message) } else { console.note(message) }
      return status
    }
  }
}
