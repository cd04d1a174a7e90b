import StowageFormats
import StowageModel
import StowageReports

extension Replanner.Answer {
  /// The answer for programs (`stowage.replan/v1`); the plan itself is in its files.
  public var json: String {
    JSONWriter.answer("stowage.replan/v1") { writer in
      writer.outcome(planning)
      writer.steps("done", report.done)
      writer.steps("under_way", report.underWay)
      writer.steps("failed", report.failed)
      writer.steps("skipped", report.skipped)
      writer.member("kept", report.kept)
      writer.objects("changes", report.changes) { writer, change in
        writer.member("vm", change.vm.rawValue)
        writer.member("before", change.before?.rawValue)
        writer.member("after", change.after?.rawValue)
      }
      writer.member("sought_again_because", report.soughtAgainBecause)
      writer.member("notes", report.notes)
    }
  }
}

extension JSONWriter {
  /// How planning ended: the plan in figures, or what is known without one.
  mutating func outcome(_ planning: PlanningAnswer) {
    switch planning {
    case .planned(let planned):
      member("result", "planned")
      member("moves", planned.plan.moves.count)
      member("makespan_s", planned.plan.schedule.makespanSeconds)
      member("lower_bound_s", planned.plan.schedule.lowerBoundSeconds)
    case .noPlan(let noPlan):
      if case .infeasible = noPlan.finding {
        member("result", "infeasible")
      } else {
        member("result", "undecided")
      }
    }
  }

  /// Steps of a plan and when they came to their outcome.
  mutating func steps(_ key: String, _ steps: [ReplanReport.Step]) {
    array(key) { writer in
      for step in steps {
        writer.object { writer in
          writer.member("step", step.id.rawValue)
          writer.member("vm", step.vm.rawValue)
          writer.member("to", step.to.rawValue)
          writer.member("instant", step.instant)
        }
      }
    }
  }
}
