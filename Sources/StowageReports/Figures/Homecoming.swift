import StowageModel

/// How many VMs a plan was to bring back, and how many it does.
struct Homecoming {
  /// VMs that were to return and that the plan knows.
  let all: Int
  /// Those that end where they were.
  let back: Int

  init(_ plan: Plan) {
    let known = plan.options.homes.filter { plan.placement[$0.key] != nil }
    all = known.count
    back = known.count { plan.placement[$0.key] == $0.value }
  }
}
