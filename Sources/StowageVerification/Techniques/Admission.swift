import StowageModel

/// What stands in the way of moving one VM, possibly between two hosts, on a platform: the verifier's own reading of
/// the rules on techniques.
///
/// It asks in the order of what each technique adds: what stops any move, what stops a running one, what stops one
/// that runs ahead of its memory. Without hosts, what a target may meet counts as met.
struct Admission {
  let vm: VM
  let hosts: (source: Host, target: Host)?
  let platform: Platform

  init(_ vm: VM, from source: Host, to target: Host, on platform: Platform) {
    self.vm = vm
    hosts = (source, target)
    self.platform = platform
  }

  init(_ vm: VM, on platform: Platform) {
    self.vm = vm
    hosts = nil
    self.platform = platform
  }

  /// Why the VM cannot move by any technique to any host; `nil` when it can.
  static func pinned(_ vm: VM, on platform: Platform) -> String? {
    let anywhere = Admission(vm, on: platform)
    let objections = Technique.allCases.map(anywhere.objection)
    return objections.contains(nil) ? nil : objections.first ?? nil
  }

  /// Whether its disks have to be copied: one is local, or the target is known not to reach one.
  var disksTravel: Bool {
    if vm.hasLocalDisk == true || has(.localDisk) { return true }
    guard let target = hosts?.target, !target.datastores.isEmpty else { return false }
    return !Set(vm.datastores).isSubset(of: target.datastores)
  }

  /// What stands in the way of a technique first; `nil` when nothing does.
  func objection(to technique: Technique) -> String? {
    let own =
      switch technique {
      case .cold: toAnyMove
      case .preCopy: toAnyMove ?? toLiveMove
      case .postCopy: toAnyMove ?? toLiveMove ?? toMoveAhead ?? toMoveAheadAtOnce
      case .hybrid: toAnyMove ?? toLiveMove ?? toMoveAhead
      }
    if let own { return own }
    guard let allowed = vm.allowedTechniques, !allowed.contains(technique) else { return nil }
    let names = Technique.allCases.filter(allowed.contains).map(\.rawValue).joined(separator: ", ")
    return names.isEmpty ? "its owner allows no technique" : "its owner allows only \(names)"
  }

  func has(_ blocker: Blocker) -> Bool { vm.blockers.contains(blocker) }

  func isOn(_ platforms: Platform...) -> Bool { platforms.contains(platform) }
}
