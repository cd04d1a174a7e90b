import StowageModel

/// Every single number of a plan, to be read and tampered with.
struct NumericField: CustomStringConvertible {
  let description: String
  let get: (Plan) -> Double?
  let set: (inout Plan, Double) -> Void

  private init(_ description: String, _ path: WritableKeyPath<Plan, Double>) {
    self.description = description
    get = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  private init(_ description: String, optional path: WritableKeyPath<Plan, Double?>) {
    self.description = description
    get = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  /// Values that no `Int` can hold are left out.
  private init(_ description: String, count path: WritableKeyPath<Plan, Int>) {
    self.description = description
    get = { Double($0[keyPath: path]) }
    set = { plan, value in Int(exactly: value).map { plan[keyPath: path] = $0 } }
  }

  private init(
    _ description: String, estimate: String, _ path: WritableKeyPath<MoveEstimate, Double>, of move: Int
  ) {
    self.description = "\(description).\(estimate)"
    get = { $0.moves[move].estimate?[keyPath: path] }
    set = { $0.moves[move].estimate?[keyPath: path] = $1 }
  }

  /// All but the seed, which decides nothing, and the options, which are the question, not the answer.
  static func all(of plan: Plan) -> [NumericField] {
    var fields = [
      NumericField("inventory.hosts", count: \.inventory.hosts),
      NumericField("inventory.vms", count: \.inventory.vms),
      NumericField("makespan_s", \.schedule.makespanSeconds),
      NumericField("lower_bound_s", \.schedule.lowerBoundSeconds),
    ]
    for index in plan.objectives.indices {
      let name = plan.objectives[index].name.rawValue
      fields.append(NumericField("\(name).value", \.objectives[index].value))
      fields.append(NumericField("\(name).lower_bound", optional: \.objectives[index].lowerBound))
    }
    return fields + plan.moves.indices.flatMap(ofMove)
  }

  private static func ofMove(_ index: Int) -> [NumericField] {
    let name = "moves[\(index)]"
    let rounds = NumericField(
      "\(name).rounds", get: { $0.moves[index].estimate.map { Double($0.rounds) } },
      set: { plan, value in Int(exactly: value).map { plan.moves[index].estimate?.rounds = $0 } })
    return [
      NumericField("\(name).wave", count: \.moves[index].wave),
      NumericField("\(name).start_s", \.moves[index].startSeconds),
      NumericField("\(name).end_s", \.moves[index].endSeconds),
      NumericField("\(name).source_released_s", \.moves[index].sourceReleasedSeconds),
      NumericField("\(name).target_reserved_s", \.moves[index].targetReservedSeconds),
      NumericField("\(name).rate_mib_per_s", \.moves[index].rateMiBPerSecond),
      NumericField(name, estimate: "bytes_mib", \.bytesMiB, of: index),
      NumericField(name, estimate: "downtime_ms", \.downtimeMilliseconds, of: index),
      NumericField(name, estimate: "low_s", \.lowSeconds, of: index),
      NumericField(name, estimate: "high_s", \.highSeconds, of: index),
      NumericField(name, estimate: "guest_slowdown_s", \.guestSlowdownSeconds, of: index),
      NumericField(name, estimate: "loss_probability", \.lossProbability, of: index),
      rounds,
    ]
  }

  private init(
    _ description: String, get: @escaping (Plan) -> Double?, set: @escaping (inout Plan, Double) -> Void
  ) {
    self.description = description
    self.get = get
    self.set = set
  }
}
