import StowageFleet
import StowageModel

/// What the calendar leaves of each night to VMs of the same hours.
///
/// Night *n*, from 0, is the *n*-th 24 hours from the start of the plan.
struct NightHours {
  /// In ms.
  static let night = Int(NightPolicy.seconds) * 1000
  /// Nights that are looked at: hours are known for a year.
  static let horizon = 366

  private var known: [Set<Int>: Int] = [:]
  /// The hours of each calendar, in the order in which they were asked for.
  private(set) var hours: [OpenTimes] = []
  private let calendar: MoveCalendar

  init(_ calendar: MoveCalendar) { self.calendar = calendar }

  /// The number of the calendar of some VMs together.
  mutating func calendar(of vms: [Int]) -> Int {
    let entries = Set(vms.compactMap { calendar.entry(of: $0) })
    if let number = known[entries] { return number }
    known[entries] = hours.count
    hours.append(entries.sorted().reduce(.always) { $0.intersection(calendar.entries[$1].open) })
    return hours.count - 1
  }

  /// The longest stretch of each night that hours leave open, the first of equal ones; `nil` where there is none.
  static func stretches(_ hours: OpenTimes, nights: Int) -> [Range<Int>?] {
    var longest = [Range<Int>?](repeating: nil, count: nights)
    for span in hours.spans where span.lowerBound < nights * night {
      let last = min(nights - 1, (span.upperBound - 1) / night)
      for index in span.lowerBound / night...max(span.lowerBound / night, last) {
        let part = span.clamped(to: index * night..<(index + 1) * night)
        if !part.isEmpty, part.count > longest[index]?.count ?? 0 { longest[index] = part }
      }
    }
    return longest
  }
}
