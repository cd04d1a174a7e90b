/// Copying disks under a running VM, before its memory: numbers only.
///
/// The mirror has to carry what the guest writes meanwhile: *T = d / (b − c)*, and it goes on while
/// memory is sent, which therefore gets *b − c*.
struct StoragePhase {
  /// Seconds until the mirror has caught up; `nil` when disks change as fast as the link carries.
  let seconds: Double
  /// Sent until then, in MiB.
  let sentMiB: Double
  /// What is left of the rate for memory, in MiB/s.
  let memoryRate: Double

  init?(diskMiB: Double, changeMiBPerSecond change: Double, rate: Double) {
    guard change < rate else { return nil }
    // Written with a quotient below 1 so that an endless rate gives 0 s, not a quotient of infinities.
    let share = 1 - change / rate
    seconds = PostCopy.seconds(toSend: diskMiB, rate: rate) / share
    sentMiB = diskMiB / share
    memoryRate = rate * share
  }
}
