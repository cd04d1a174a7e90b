import StowageFormats
import StowageModel
public import StowageVerification

extension PlanVerdict {
  /// The answer for programs (`stowage.verdict/v1`).
  public var json: String {
    JSONWriter.answer("stowage.verdict/v1") { writer in
      writer.member("decision", decision.rawValue)
      writer.member("first_break_s", firstBreak?.instantSeconds)
      writer.objects("findings", findings) { writer, finding in
        writer.member("code", finding.code.rawValue)
        writer.member("instant_s", finding.instantSeconds)
        writer.member("message", finding.message)
      }
      writer.member("moves_replayed", facts.movesReplayed)
      writer.member("instants_checked", facts.instantsChecked)
      writer.member("rules_checked", facts.rulesChecked)
      writer.objects("bounds", facts.bounds) { writer, bound in
        writer.member("name", bound.name.rawValue)
        writer.member("value", bound.value)
        writer.member("lower_bound", bound.lowerBound)
        writer.member("proof", bound.proof.rawValue)
        writer.member("recomputed", bound.isRecomputed)
      }
      writer.member("not_judged", facts.notJudged)
    }
  }
}
