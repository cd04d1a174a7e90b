import StowageFormats
import StowageModel
public import StowageReports

extension NoPlan {
  /// The answer for programs (`stowage.no-plan/v1`).
  public var json: String {
    JSONWriter.answer("stowage.no-plan/v1") { writer in
      writer.member("goal", goal.rawValue)
      writer.member("hosts", hosts)
      writer.member("vms", vms)
      switch finding {
      case .infeasible(let proof):
        writer.member("finding", "infeasible")
        writer.member("proof", proof)
      case .undecided(let limit):
        writer.member("finding", "undecided")
        writer.member("limit", limit)
      }
      writer.member("conflict", conflict)
      writer.member("progress", progress)
      writer.member("remedies", remedies)
      if let stops {
        writer.object("stops") { writer in
          writer.member("vms", stops.vms.map(\.rawValue))
          writer.member("moves", stops.moves)
          writer.member("pause_ms", stops.pauseMilliseconds)
        }
      }
      writer.array("refusals") { writer in
        for refusal in refusals { Self.write(refusal, to: &writer) }
      }
    }
  }

  private static func write(_ refusal: Refusal, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("vm", refusal.vm.rawValue)
      writer.objects("causes", refusal.causes) { writer, count in
        writer.member("hosts", count.hosts)
        switch count.cause {
        case .resource(let resource): writer.member("resource", resource.rawValue)
        case .rule(let rule, let kind):
          writer.member("rule", rule.rawValue)
          writer.member("kind", kind)
        case .other(let words): writer.member("because", words)
        }
      }
    }
  }
}
