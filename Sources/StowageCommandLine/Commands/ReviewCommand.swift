import ArgumentParser
import StowageKit

/// `stowage review`
struct ReviewCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Says what is left, until when, and what happens if.",
    discussion: """
      The capacity review: from the total to what is free, overcommit, load, room for more VMs, failures of \
      hosts, racks and sites, right-sizing, rules, and ten questions "what if" that are placed, not divided. \
      With --history also the use over the week and the outlook. Prints Markdown; with --out writes \
      review.html, review.md, review.json and stowage.prom (for Prometheus' textfile collector).

      Examples:
        stowage review Inventories/enterprise \\
          --history Inventories/enterprise/utilisation.csv --out review/
        stowage review RVTools_export_all.xlsx --cpu-overcommit 4 \\
          --memory-headroom 10
      """)

  @OptionGroup var source: InventoryArguments
  @OptionGroup var sizing: SizingArguments

  @Option(
    help: ArgumentHelp("What VMs used: vm_id, timestamp, cpu_mhz, memory_active_mib.", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var history: String?

  @Option(
    help: ArgumentHelp(
      "A plan for the inventory, to show load and cost before and after it.", valueName: "plan"),
    completion: .file(extensions: ["json"]))
  var plan: String?

  @Option(help: ArgumentHelp("Folder for the review's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @Option(help: "Platform whose abilities decide what can move.")
  var platform = Platform.libvirt

  @Option(help: ArgumentHelp("Power of the building per power of the machines.", valueName: "ratio"))
  var pue = 1.0

  @Option(help: ArgumentHelp("Currency of the inventory's costs.", valueName: "code"))
  var currency: String?

  @Flag(help: "Count limits in work instead of seconds: the same answer on every machine.")
  var deterministic = false

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    guard pue >= 1, pue <= 10 else {
      throw ValidationError("--pue must lie between 1 and 10, not \(pue)")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    let (inventory, _) = source.load(on: console)
    guard let inventory else { return .badInput }
    var read: UtilisationHistory?
    if let history {
      let result = HistoryReader.read(history)
      for diagnostic in result.log.kept where diagnostic.severity != .notice {
        console.note(diagnostic.description)
      }
      guard let own = result.history else { return .badInput }
      read = own
    }
    var planned: Plan?
    if let plan {
      guard let document = PlanReading.read(plan, on: console) else { return .badInput }
      guard ReportInput.judged(document, of: inventory).isVerified else {
        console.note("error: the plan does not hold for this inventory; `stowage verify` says why")
        return .no
      }
      planned = document
    }
    console.progress("reviewing …")
    let review = Reviewer(isDeterministic: deterministic).review(
      inventory, options: PlanOptions(sizing: sizing.sizing, platform: platform), history: read,
      plan: planned,
      facility: Facility(powerUsageEffectiveness: pue, currency: currency))
    console.progress("")
    if let out, !console.write(ReviewFiles.all(review), to: out) { return .badInput }
    switch format {
    case .text: console.answer(review.markdown)
    case .json: console.answer(review.json)
    }
    return .answered
  }
}
