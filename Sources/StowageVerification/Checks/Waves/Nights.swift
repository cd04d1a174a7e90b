import StowageModel

/// What the rules of hours leave of each night, as the verifier reads the clock.
///
/// Night *n*, from 1, is the *n*-th 24 hours from the start of the plan.
struct Nights {
  static func night(of seconds: Double) -> Int {
    guard seconds.isFinite, seconds >= 0 else { return 1 }
    return Int(min(seconds / NightPolicy.seconds, 1e9).rounded(.down)) + 1
  }

  private let entries: [(members: Set<Int>, hours: Hours, isWindow: Bool)]
  private let start: Instant?

  init(_ rulebook: Rulebook, start: Instant?) {
    self.start = start
    entries = rulebook.hard.compactMap { entry in
      switch entry.meaning {
      case .window(let members, let hours): (members, hours, true)
      case .blackout(let members, let hours): (members, hours, false)
      default: nil
      }
    }
  }

  /// The rules that speak of any of some VMs, by number.
  func rules(of vms: [Int]) -> [Int] {
    start == nil ? [] : entries.indices.filter { !entries[$0].members.isDisjoint(with: vms) }
  }

  /// The stretches of a night that some rules leave open, in seconds of the plan.
  func open(_ rules: [Int], night: Int) -> [ClosedRange<Double>] {
    let (from, to) = (Double(night - 1) * NightPolicy.seconds, Double(night) * NightPolicy.seconds)
    guard let start, !rules.isEmpty else { return [from...to] }
    let base = Double(start.secondsSince1970)
    var edges = [from, to]
    for rule in rules {
      var instant = base + from
      while let next = CalendarCheck.nextEdge(after: instant, entries[rule].hours), next < base + to {
        edges.append(next - base)
        instant = next
      }
    }
    edges.sort()
    var open: [ClosedRange<Double>] = []
    for (from, to) in zip(edges, edges.dropFirst()) where from < to {
      let isOpen = rules.allSatisfy {
        CalendarCheck.isWithin(base + from, entries[$0].hours) == entries[$0].isWindow
      }
      guard isOpen else { continue }
      if let last = open.last, last.upperBound == from {
        open[open.count - 1] = last.lowerBound...to
      } else {
        open.append(from...to)
      }
    }
    return open
  }
}
