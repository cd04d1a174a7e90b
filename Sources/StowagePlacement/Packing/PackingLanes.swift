/// A vector with a lane for each dimension of a packing.
///
/// A protocol of our own: in generic code the operators of `SIMD` are loops over lanes, while in these
/// conformances they are the ones of the concrete vectors, a few instructions each. The search for
/// patterns spends its time in them.
protocol PackingLanes: SIMD where Scalar == Int32 {
  /// What is left of a room.
  static func rest(_ room: Self, _ size: Self) -> Self
  /// Whether no lane is larger than the room's.
  static func fits(_ size: Self, _ room: Self) -> Bool
}

extension SIMD4: PackingLanes where Scalar == Int32 {
  @inline(__always)
  static func rest(_ room: Self, _ size: Self) -> Self { room &- size }
  @inline(__always)
  static func fits(_ size: Self, _ room: Self) -> Bool { all(size .<= room) }
}

extension SIMD8: PackingLanes where Scalar == Int32 {
  @inline(__always)
  static func rest(_ room: Self, _ size: Self) -> Self { room &- size }
  @inline(__always)
  static func fits(_ size: Self, _ room: Self) -> Bool { all(size .<= room) }
}

extension SIMD16: PackingLanes where Scalar == Int32 {
  @inline(__always)
  static func rest(_ room: Self, _ size: Self) -> Self { room &- size }
  @inline(__always)
  static func fits(_ size: Self, _ room: Self) -> Bool { all(size .<= room) }
}
