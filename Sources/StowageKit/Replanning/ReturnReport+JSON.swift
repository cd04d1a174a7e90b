import StowageFormats
import StowageModel
import StowageReports

extension ReturnPlanner.Answer {
  /// The answer for programs (`stowage.return/v1`); the plan itself is in its files.
  public var json: String {
    JSONWriter.answer("stowage.return/v1") { writer in
      switch planning {
      case .planned(let planned):
        writer.member("result", "planned")
        writer.member("moves", planned.plan.moves.count)
        writer.member("makespan_s", planned.plan.schedule.makespanSeconds)
        writer.member("lower_bound_s", planned.plan.schedule.lowerBoundSeconds)
        writer.member("to_return", report.all)
        writer.member("back", report.back)
      case .noPlan: writer.member("result", report.isRefuted ? "infeasible" : "undecided")
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
