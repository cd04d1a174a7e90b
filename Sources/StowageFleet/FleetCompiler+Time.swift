import StowageModel

// Rules about the order and time of moves.
extension FleetCompiler {
  var timeRules: TimeRules {
    TimeRules(
      orders: inventory.rules.compactMap(order), caps: inventory.rules.compactMap(cap),
      together: inventory.rules.compactMap(together), calendar: calendar)
  }

  /// A VM on both sides counts among the first only.
  private func order(_ rule: Rule) -> MoveOrder? {
    guard case .before(let before) = rule.requirement else { return nil }
    let first = vmIndex.members(of: before.vms)
    let isFirst = Set(first)
    return MoveOrder(
      rule: rule.id, first: first, then: vmIndex.members(of: before.then).filter { !isFirst.contains($0) })
  }

  private func together(_ rule: Rule) -> TogetherGroup? {
    guard case .together(let together) = rule.requirement else { return nil }
    return TogetherGroup(rule: rule.id, members: vmIndex.members(of: together.vms))
  }

  private func cap(_ rule: Rule) -> MoveCap? {
    switch rule.requirement {
    case .serialize(let serial):
      return MoveCap(rule: rule.id, members: vmIndex.members(of: serial.vms), place: .total, limit: 1)
    case .concurrency(let most):
      return MoveCap(
        rule: rule.id, members: vmIndex.members(of: most.vms), place: place(most), limit: most.limit)
    default:
      return nil
    }
  }

  private func place(_ most: MovesAtOnce) -> MoveCap.Place {
    switch most.place {
    case .total: .total
    case .hostOut: .out(hostSet(most.hosts))
    case .hostIn: .into(hostSet(most.hosts))
    case .host: .ends(hostSet(most.hosts))
    case .link:
      .links(
        Set(
          inventory.links.indices.filter { link in
            most.links.isEmpty || most.links.contains { $0.matches(inventory.links[link].id.rawValue) }
          }))
    }
  }
}
