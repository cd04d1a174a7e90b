import StowageModel

// What is done days ahead of a wave, and what is turned round after it.
extension Runbook {
  /// Copies that are started while their VMs serve, each as a step to tick.
  func addCopies(ahead wave: Wave, to page: inout RunbookDocument) {
    guard let ahead = CopyFigures(input, waves: [wave]).ahead.first else { return }
    let first = clock(ahead.startSeconds)
    page.paragraph(
      "**Days ahead.** Start these copies of disks, the first at \(first); their VMs go on serving. Each must be there before its "
        + "step starts; from then on what changes is sent as it comes.")
    page.table(
      header: [
        "started", "VM", "from → to", "start of the copy", "there by", "data", "rate", "then, until the step",
        "left for the step",
      ],
      rows: ahead.moves.compactMap { move in
        move.seed.map { seed in
          [
            "[ ]", code(move.vm), "\(code(move.from)) → \(code(move.to))", clock(seed.startSeconds),
            clock(seed.endSeconds), Units.gibibytes(fromMiB: seed.mib),
            Units.rate(mibPerSecond: seed.rateMiBPerSecond),
            Units.rate(mibPerSecond: seed.changeMiBPerSecond), Units.gibibytes(fromMiB: seed.deltaMiB),
          ]
        }
      })
  }

  /// Copies kept for recovery change their direction with their VMs.
  func addCopies(after wave: Wave, to page: inout RunbookDocument) {
    let moved = Set(wave.moves.map(\.vm))
    let turned = input.plan.protections.filter { moved.contains($0.vm) && $0.before != $0.after }
    guard !turned.isEmpty else { return }
    page.paragraph(
      "**Turn the copies round.** As soon as each of these VMs runs at its target, replicate it back to its source, so that it stays "
        + "within its rpo_s: the disks that are left there are the first copy.")
    page.table(
      header: ["turned", "VM", "copy is now on", "every", "rate", "oldest"],
      rows: turned.map { own in
        [
          "[ ]", code(own.vm), code(own.after),
          own.intervalSeconds > 0 ? Units.duration(seconds: own.intervalSeconds) : "without a break",
          Units.rate(mibPerSecond: own.rateMiBPerSecond), Units.duration(seconds: own.worstAgeSeconds),
        ]
      })
  }

  private func clock(_ seconds: Double) -> String {
    calendar?.text(seconds) ?? Units.offset(seconds: seconds)
  }
}
