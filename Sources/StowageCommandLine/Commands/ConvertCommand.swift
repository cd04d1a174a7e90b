import ArgumentParser
import StowageKit

/// `stowage convert`
struct ConvertCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Writes any readable inventory in the native form.",
    discussion: "A path that ends in .json becomes one document; anything else a folder of CSV files.")

  @OptionGroup var source: InventoryArguments

  @Option(help: ArgumentHelp("Folder or .json file to write.", valueName: "path"), completion: .file())
  var out: String

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console).inventory else { return .badInput }
    let (folder, files) = NativeFiles.files(inventory, for: out)
    guard console.write(files, to: folder) else { return .badInput }
    console.answer(
      "wrote \(files.map(\.name).joined(separator: ", ")): \(Units.count(inventory.hosts.count, "host")), \(Units.count(inventory.vms.count, "VM"))"
    )
    return .answered
  }
}
