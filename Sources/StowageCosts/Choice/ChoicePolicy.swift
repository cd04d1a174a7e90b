/// What the chooser weighs, in seconds of move time.
///
///     C = c_T·T + c_D·T_d + c_B·B + c_G·G + c_P·P + c_N (of a move that cannot be taken back)
///
/// with *T* total time, *T_d* downtime, *B* MiB sent, *G* guest time lost, *P* probability of loss.
/// The defaults are chosen so that what practitioners do comes out: pre-copy wherever it
/// converges in a sensible time; hybrid before post-copy, since its window is shorter; a stop of a
/// running VM only when nothing else is left or the window would exceed an hour.
public struct ChoicePolicy: Hashable, Sendable {
  /// A second of move time.
  public var secondWeight: Double
  /// A second of downtime: a thousand seconds of move time.
  public var downtimeSecondWeight: Double
  /// A MiB sent: 1 GiB weighs about a second.
  public var mibWeight: Double
  /// A second of guest time lost.
  public var slowdownSecondWeight: Double
  /// Certain loss of the VM: 1e9 s, so that each second of window weighs 21 s.
  public var lossWeight: Double
  /// A switch-over before the memory has arrived, which nobody can abort: 0.4 s of pause, so that a pre-copy that
  /// converges is not given up for a pause which is shorter by a part of its limit.
  public var noReturnWeight: Double
  /// The most guest time that an aid may take, in s per vCPU: a minute, which is less than a stop and a boot.
  public var maxSlowdownSeconds = 60.0
  /// The highest probability of loss that is accepted; `nil` for no cap.
  public var maxLossProbability: Double?

  /// The defaults.
  public static let standard = ChoicePolicy(
    secondWeight: 1, downtimeSecondWeight: 1000, mibWeight: 0.001, slowdownSecondWeight: 10,
    lossWeight: 1e9, noReturnWeight: 400)

  /// A policy of its weights.
  public init(
    secondWeight: Double, downtimeSecondWeight: Double, mibWeight: Double, slowdownSecondWeight: Double,
    lossWeight: Double, noReturnWeight: Double = 0, maxLossProbability: Double? = nil
  ) {
    self.secondWeight = secondWeight
    self.downtimeSecondWeight = downtimeSecondWeight
    self.mibWeight = mibWeight
    self.slowdownSecondWeight = slowdownSecondWeight
    self.lossWeight = lossWeight
    self.noReturnWeight = noReturnWeight
    self.maxLossProbability = maxLossProbability
  }

  /// What a move costs, in seconds of move time.
  func cost(of forecast: Forecast) -> Double {
    secondWeight * forecast.totalSeconds + downtimeSecondWeight * forecast.downtimeSeconds
      + mibWeight * forecast.sentMiB + slowdownSecondWeight * forecast.guestSlowdownSeconds
      + lossWeight * forecast.lossProbability + (forecast.exposureSeconds > 0 ? noReturnWeight : 0)
  }
}
