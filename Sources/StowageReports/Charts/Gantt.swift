import StowageModel

/// The moves as bars over time, one row for each host that they leave or enter.
struct Gantt {
  /// Beyond this many moves bars are too thin to be told apart.
  static let moveLimit = 400
  /// Up to this many moves each bar has a line for its VM's name above it.
  private static let namedLimit = 60

  /// Which end of the moves makes the rows.
  enum Side {
    case sources
    case targets
  }

  /// A row: a host and its picture.
  struct Row {
    let host: Host.ID
    let markup: String
  }

  let rows: [Row]
  /// The axis above the rows.
  let axis: String

  init(_ moves: [Move], side: Side, endSeconds: Double, runs: (VM.ID) -> Bool) {
    let scale = TimeScale(endSeconds: endSeconds)
    let lane = GanttLane(scale: scale, isNamed: moves.count <= Self.namedLimit)
    let groups = Dictionary(grouping: moves) { side == .sources ? $0.from : $0.to }
    rows = groups.sorted { Self.order($0) < Self.order($1) }.map { host, moves in
      let verb = side == .sources ? "leave" : "enter"
      let title = "\(Units.count(moves.count, "move")) \(verb) \(VisibleText.name(host.rawValue))"
      return Row(host: host, markup: lane.picture(of: moves, title: title, runs: runs).markup)
    }
    axis = Self.axis(scale)
  }

  /// Rows in the order in which hosts are done, then by id.
  private static func order(_ group: (key: Host.ID, value: [Move])) -> (Double, Host.ID) {
    (group.value.map(\.endSeconds).max() ?? 0, group.key)
  }

  private static func axis(_ scale: TimeScale) -> String {
    let labels = scale.ticks.map { $0.label(y: 13) }
    return SVG("svg", ["class": "axis", "width": "100%", "height": "18", "aria-hidden": "true"], labels)
      .markup
  }
}
