public import StowageModel

/// The table `moves.csv`: one row a move, for people with a spreadsheet.
public enum MovesTable {
  /// The bytes of the table, in UTF-8 with a comma between cells. Text that a spreadsheet would run
  /// as a formula is disarmed.
  public static func csv(_ plan: Plan) -> [UInt8] {
    let columns = columns + columnsWhereTold(plan)
    var writer = CSVWriter(header: columns.map(\.name), formulas: .disarmed)
    for move in plan.moves { writer.row(columns.map { $0.cell(move) }) }
    return writer.finish()
  }

  private struct MoveColumn: Sendable {
    let name: String
    let cell: @Sendable (Move) -> CSVCell
  }

  /// Columns of plans that tell of copies ahead, of cut-overs, of where disks go and of what helps a pre-copy.
  private static func columnsWhereTold(_ plan: Plan) -> [MoveColumn] {
    (plan.moves.contains { $0.seed != nil } ? seedColumns : [])
      + (plan.moves.contains { $0.estimate?.cutOver != nil } ? cutOverColumns : [])
      + (plan.moves.contains { $0.datastore != nil } ? [datastoreColumn] : [])
      + (plan.moves.contains { $0.aid != nil } ? [aidColumn] : [])
  }

  private static let seedColumns: [MoveColumn] = [
    MoveColumn(name: "seed_start_s") { CSVCell($0.seed?.startSeconds) },
    MoveColumn(name: "seed_end_s") { CSVCell($0.seed?.endSeconds) },
    MoveColumn(name: "seed_rate_mib_per_s") { CSVCell($0.seed?.rateMiBPerSecond) },
    MoveColumn(name: "seed_mib") { CSVCell($0.seed?.mib) },
    MoveColumn(name: "seed_delta_mib") { CSVCell($0.seed?.deltaMiB) },
  ]

  private static let cutOverColumns: [MoveColumn] = [
    MoveColumn(name: "cut_over_shutdown_s") { CSVCell($0.estimate?.cutOver?.shutdownSeconds) },
    MoveColumn(name: "cut_over_delta_s") { CSVCell($0.estimate?.cutOver?.deltaSeconds) },
    MoveColumn(name: "cut_over_convert_s") { CSVCell($0.estimate?.cutOver?.convertSeconds) },
    MoveColumn(name: "cut_over_boot_s") { CSVCell($0.estimate?.cutOver?.bootSeconds) },
    MoveColumn(name: "cut_over_network_s") { CSVCell($0.estimate?.cutOver?.networkSeconds) },
    MoveColumn(name: "cut_over_validation_s") { CSVCell($0.estimate?.cutOver?.validationSeconds) },
  ]

  private static let datastoreColumn = MoveColumn(name: "datastore") { CSVCell($0.datastore) }

  private static let aidColumn = MoveColumn(name: "aid") { CSVCell($0.aid?.rawValue) }

  private static let columns: [MoveColumn] = [
    MoveColumn(name: "id") { .text($0.id.rawValue) },
    MoveColumn(name: "wave") { .integer($0.wave) },
    MoveColumn(name: "vm") { .text($0.vm.rawValue) },
    MoveColumn(name: "from") { .text($0.from.rawValue) },
    MoveColumn(name: "to") { .text($0.to.rawValue) },
    MoveColumn(name: "technique") { .text($0.technique.rawValue) },
    MoveColumn(name: "start_s") { .number($0.startSeconds) },
    MoveColumn(name: "end_s") { .number($0.endSeconds) },
    MoveColumn(name: "source_released_s") { .number($0.sourceReleasedSeconds) },
    MoveColumn(name: "target_reserved_s") { .number($0.targetReservedSeconds) },
    MoveColumn(name: "rate_mib_per_s") { .number($0.rateMiBPerSecond) },
    MoveColumn(name: "bytes_mib") { CSVCell($0.estimate?.bytesMiB) },
    MoveColumn(name: "bytes_low_mib") { CSVCell($0.estimate?.bytesRange?.low) },
    MoveColumn(name: "bytes_high_mib") { CSVCell($0.estimate?.bytesRange?.high) },
    MoveColumn(name: "downtime_ms") { CSVCell($0.estimate?.downtimeMilliseconds) },
    MoveColumn(name: "downtime_low_ms") { CSVCell($0.estimate?.downtimeRange?.low) },
    MoveColumn(name: "downtime_high_ms") { CSVCell($0.estimate?.downtimeRange?.high) },
    MoveColumn(name: "low_s") { CSVCell($0.estimate?.lowSeconds) },
    MoveColumn(name: "high_s") { CSVCell($0.estimate?.highSeconds) },
    MoveColumn(name: "links") { .text(ListCell.cell($0.links)) },
    MoveColumn(name: "after") { .text(ListCell.cell($0.after.map(\.rawValue))) },
    MoveColumn(name: "reason") { .text($0.reason) },
  ]
}
