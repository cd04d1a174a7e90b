public import StowageModel

/// The digest of what a plan was asked for (goal, seed and options) and of the bounds for which the
/// solver alone vouches.
public enum RequestDigest {
  /// SHA-256 in hexadecimal.
  public static func sha256(of plan: Plan) -> String {
    SHA256.hexadecimal(of: PlanEncoder.encodeRequest(plan))
  }
}
