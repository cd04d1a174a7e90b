import StowageFormats
import StowageModel
import StowageReports

extension ReturnPlanner.Answer {
  /// The answer for programs (`stowage.return/v1`); the plan itself is in its files.
  public var json: String {
    JSONWriter.answer("stowage.return/v1") { writer in
      writer.outcome(planning)
      if report.moves != nil {
        writer.member("to_return", report.all)
        writer.member("back", report.back)
      }
      writer.objects("left", report.left) { writer, stay in
        writer.member("vm", stay.vm.rawValue)
        writer.member("home", stay.home.rawValue)
        writer.member("because", stay.because)
      }
      writer.steps("under_way", report.underWay)
      writer.member("notes", report.notes)
    }
  }
}
