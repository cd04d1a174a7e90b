public import StowageModel

extension CutOver {
  /// A cut-over of its parts, shutdown and boot as a cold move's.
  public init(
    deltaSeconds: Double, convertSeconds: Double = 0, networkSeconds: Double = 0,
    validationSeconds: Double = 0, stops: StopConstants = StopConstants()
  ) {
    self.init(
      shutdownSeconds: stops.shutdownSeconds, deltaSeconds: deltaSeconds, convertSeconds: convertSeconds,
      bootSeconds: stops.bootSeconds, networkSeconds: networkSeconds, validationSeconds: validationSeconds)
  }
}
