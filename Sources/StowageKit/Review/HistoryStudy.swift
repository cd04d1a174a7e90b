import StowageFormats
import StowageModel
import StowageReports

/// The weekly profile and the outlook from a history of use.
struct HistoryStudy {
  /// Fewer days hold no trend.
  private static let leastDays = 14
  /// Days of the forecast.
  private static let horizon = 365

  private let history: UtilisationHistory
  private let inventory: Inventory
  private let sizing: SizingOptions

  init(_ history: UtilisationHistory, inventory: Inventory, sizing: SizingOptions) {
    self.history = history
    self.inventory = inventory
    self.sizing = sizing
  }

  /// Sums of the covered VMs in one hour.
  private struct HourSum {
    var cpu = 0.0
    var memory = 0.0
    var vms = 0
  }

  func review() -> HistoryReview {
    var sums: [Int: HourSum] = [:]
    for hour in history.hours {
      sums[hour.hour, default: HourSum()].cpu += hour.cpuMHz ?? 0
      sums[hour.hour, default: HourSum()].memory += hour.memoryActiveMiB ?? 0
      sums[hour.hour, default: HourSum()].vms += 1
    }
    let hours = sums.keys.sorted()
    let first = hours.first ?? 0
    let last = hours.last ?? 0
    let firstDay = Self.day(of: first)
    let lastDay = Self.day(of: last)
    let running = Set(inventory.vms.filter { $0.powerState == .on }.map(\.id))
    return HistoryReview(
      samples: history.samples, coveredVMs: history.vms.count { running.contains($0) },
      runningVMs: running.count, firstDay: CalendarDay(daysSince1970: firstDay).text,
      lastDay: CalendarDay(daysSince1970: lastDay).text,
      coverage: hours.isEmpty ? 0 : Double(hours.count) / Double(last - first + 1),
      weekProfile: profile(sums), outlooks: outlooks(sums, firstDay, lastDay))
  }

  private static func day(of hour: Int) -> Int { Int((Double(hour) / 24).rounded(.down)) }

  private func profile(_ sums: [Int: HourSum]) -> [[Double?]] {
    var totals = [[(sum: Double, count: Int)]](repeating: Array(repeating: (0, 0), count: 24), count: 7)
    for (hour, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let day = CalendarDay(daysSince1970: Self.day(of: hour))
      let place = hour - day.daysSince1970 * 24
      totals[day.weekday][place].sum += sum.cpu
      totals[day.weekday][place].count += 1
    }
    let means = totals.map { $0.map { $0.count > 0 ? $0.sum / Double($0.count) : nil as Double? } }
    let highest = means.flatMap { $0.compactMap { $0 } }.max() ?? 0
    return means.map { $0.map { $0.map { highest > 0 ? $0 / highest : 0 } } }
  }

  private func outlooks(_ sums: [Int: HourSum], _ firstDay: Int, _ lastDay: Int) -> [HistoryReview.Outlook] {
    let count = lastDay - firstDay + 1
    guard count >= Self.leastDays else { return [] }
    // An hour in which samples are missing would look like an hour of little use.
    let most = sums.values.map(\.vms).max() ?? 0
    var cpu = [Double?](repeating: nil, count: count)
    var memory = [Double?](repeating: nil, count: count)
    for (hour, sum) in sums where Double(sum.vms) >= 0.9 * Double(most) {
      let day = Self.day(of: hour) - firstDay
      cpu[day] = max(cpu[day] ?? 0, sum.cpu)
      memory[day] = max(memory[day] ?? 0, sum.memory)
    }
    let covered = Set(history.vms)
    let others = inventory.vms.filter { $0.powerState == .on && !covered.contains($0.id) }
    let hosts = inventory.hosts.filter(\.isUsableAsTarget)
    var outlooks: [HistoryReview.Outlook] = []
    let clocks = hosts.compactMap(\.cpuMHz)
    if clocks.count == hosts.count, !hosts.isEmpty, cpu.contains(where: { ($0 ?? 0) > 0 }) {
      let rest = others.reduce(0) { $0 + ($1.cpuMHzP95 ?? $1.cpuMHzMax ?? 0) }
      let usable =
        hosts.reduce(0) { $0 + $1.cores * ($1.cpuMHz ?? 0) } * (1 - sizing.cpuHeadroomPercent / 100)
      outlooks.append(
        outlook("CPU", "GHz", cpu.map { $0.map { ($0 + rest) / 1000 } }, usable / 1000, lastDay))
    }
    if memory.contains(where: { ($0 ?? 0) > 0 }) {
      let rest = others.reduce(0) { $0 + ($1.memoryActiveP95MiB ?? $1.memoryActiveMiB ?? $1.memoryMiB) }
      let usable = hosts.reduce(0) {
        $0 + $1.memoryMiB * ($1.memoryOvercommitRatio ?? 1) * (1 - sizing.memoryHeadroomPercent / 100)
          - ($1.memoryReservedMiB ?? 0)
      }
      outlooks.append(
        outlook("memory", "GiB", memory.map { $0.map { ($0 + rest) / 1024 } }, usable / 1024, lastDay))
    }
    return outlooks
  }

  private func outlook(
    _ name: String, _ unit: String, _ days: [Double?], _ usable: Double, _ lastDay: Int
  ) -> HistoryReview.Outlook {
    let trend = Trend.best(for: days)
    let forecast = (1...Self.horizon).map { trend.value(after: days.count - 1 + $0) }
    func date(_ reached: ((low: Double, expected: Double, high: Double)) -> Double) -> String? {
      forecast.firstIndex { reached($0) >= usable }.map { CalendarDay(daysSince1970: lastDay + $0 + 1).text }
    }
    return HistoryReview.Outlook(
      name: name, unit: unit, days: days, usable: usable, forecast: forecast, method: trend.method,
      heldBackError: trend.heldBackError, heldBackDays: trend.heldBackDays,
      exhaustion: (earliest: date { $0.high }, expected: date { $0.expected }, latest: date { $0.low }))
  }
}
