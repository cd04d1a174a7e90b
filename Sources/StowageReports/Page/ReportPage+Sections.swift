extension ReportPage {
  /// Load of the hosts.
  struct LoadSection {
    let loadCaption: String
    let hasHistograms: Bool
    let histograms: [Picture]
    let histogramRows: [HistogramRow]
    let loadRows: [LoadRow]
    let loadRest: String?
  }

  /// A ready picture: the only markup that the template does not escape.
  struct Picture {
    let heading: String
    let svg: String
  }

  /// A bin of the histograms.
  struct HistogramRow {
    let bin: String
    let memoryBefore: String
    let memoryAfter: String
    let cpuBefore: String
    let cpuAfter: String
  }

  /// A host.
  struct LoadRow {
    let loadHost: Named
    let isOff: Bool
    let memory: LoadCell
    let cpu: LoadCell
    let vmsBefore: String
    let vmsAfter: String
  }

  /// A bar and its figures; without a limit there is no bar.
  struct LoadCell {
    let bar: String?
    let change: String
  }

  /// The order of moves.
  struct ScheduleSection {
    let scheduleNote: String
    let waveSection: WaveSection
    let legend: [LegendItem]
    let gantt: GanttPart?
    let activity: ActivityPart?
  }

  /// The waves.
  struct WaveSection {
    let hasClock: Bool
    let hasGates: Bool
    let waveRows: [WaveRow]
    let waveRest: String?
  }

  /// A wave.
  struct WaveRow {
    let wave: String
    let waveMoves: String
    let waveTimes: String
    let waveClock: String
    let waveHours: String
    let waveGate: String
  }

  /// What a plan between sites does to them.
  struct SiteSection {
    let siteMap: String
    let waveChart: String?
    let siteColumns: [String]
    let stageRows: [StageRow]
    let stageRest: String?
    let linkCharts: [Picture]
    let linkRows: [LinkRow]
    let aheadPart: AheadPart?
    let copyPart: CopyPart?
  }

  /// Disks that are copied ahead, wave by wave.
  struct AheadPart {
    let aheadRows: [AheadRow]
  }

  /// The copies ahead of one wave.
  struct AheadRow {
    let aheadWave: String
    let aheadVMs: String
    let aheadTimes: String
    let aheadData: String
    let aheadRest: String
  }

  /// Copies that are kept for recovery, wave by wave.
  struct CopyPart {
    let copyNote: String
    let copyRows: [CopyRow]
  }

  /// The copies that are kept after one wave.
  struct CopyRow {
    let copyWave: String
    let copyHeld: String
    let copyBefore: String
    let copyAfter: String
    let copyOldest: String
  }

  /// Who is at each site at one time.
  struct StageRow {
    let stageName: String
    let stageCells: [String]
  }

  /// A link and what moves take of it.
  struct LinkRow {
    let linkName: String
    let line: String
    let mostUsed: String
    let mostShare: String
    let linkSent: String
  }

  /// A look and what it stands for.
  struct LegendItem {
    let swatch: String
    let meaning: String
  }

  /// A bar for each move.
  struct GanttPart {
    let ganttSide: String
    let axis: String
    let ganttRows: [GanttRow]
  }

  /// A host and its moves.
  struct GanttRow {
    let ganttHost: Named
    let lane: String
  }

  /// Moves under way.
  struct ActivityPart {
    let activityPicture: String
    let activityRows: [ActivityRow]
  }

  /// A slice of time.
  struct ActivityRow {
    let slice: String
    let underWay: String
    let kinds: String
  }

  /// What is saved.
  struct SavingsSection {
    let savingRows: [SavingRow]
    let savingNote: String
  }

  /// What plans that stop at more hosts would take.
  struct TradeoffSection {
    let tradeoffChart: String
    let tradeoffTitles: [String]
    let tradeoffRows: [TradeoffRow]
    let tradeoffNote: String
  }

  /// One plan of these.
  struct TradeoffRow {
    let tradeoffCells: [String]
  }

  /// A figure and where it comes from.
  struct SavingRow {
    let saving: String
    let amount: String
    let basis: String
  }

  /// Techniques that had to give way.
  struct ChoiceSection {
    let choiceRows: [ChoiceRow]
    let choiceRest: String?
  }

  /// A VM and why it does not move as most do.
  struct ChoiceRow {
    let choiceVM: Named
    let chosen: String
    let turnedDown: String
    let objection: String
  }

  /// All moves.
  struct MoveSection {
    let moveCaption: String
    let moveRows: [MoveRow]
    let moveRest: String?
  }

  /// A move.
  struct MoveRow {
    let step: String
    let vm: Named
    let from: String
    let to: String
    let technique: String
    let times: String
    let clock: String?
    let pause: String
    let data: String
    let after: String
  }

  /// VMs that are left where they are.
  struct PinnedSection {
    let pinnedRows: [PinnedRow]
    let pinnedRest: String?
  }

  /// A VM and why.
  struct PinnedRow {
    let pinnedVM: Named
    let because: String
  }

  /// The rules.
  struct RuleSection {
    let ruleRows: [RuleRow]
    let ruleRest: String?
  }

  /// A rule.
  struct RuleRow {
    let rule: String
    let kind: String
    let strength: String
    let asks: String
    let isBroken: Bool
  }

  /// What is broken before the first move.
  struct ViolationSection {
    let violationRows: [ViolationRow]
    let violationRest: String?
  }

  /// A broken rule.
  struct ViolationRow {
    let broken: String
    let detail: String
  }
}
