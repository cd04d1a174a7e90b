import StowageModel

/// What people call hosts and VMs.
struct Names {
  private let vms: [VM.ID: VM]
  private let hosts: [Host.ID: Host]

  init(_ inventory: Inventory) {
    // Duplicates are the reader's to report; the first wins here.
    vms = Dictionary(inventory.vmsWithTechniqueLimits.map { ($0.id, $0) }) { first, _ in first }
    hosts = Dictionary(inventory.hosts.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The VM, if the inventory holds it.
  func vm(_ id: VM.ID) -> VM? { vms[id] }

  /// The host, if the inventory holds it.
  func host(_ id: Host.ID) -> Host? { hosts[id] }

  /// The name shown to people, when it says more than the id.
  func alias(of id: VM.ID) -> String? {
    vms[id]?.name.flatMap { $0 == id.rawValue || $0.isEmpty ? nil : $0 }
  }

  /// The name shown to people, when it says more than the id.
  func alias(of id: Host.ID) -> String? {
    hosts[id]?.name.flatMap { $0 == id.rawValue || $0.isEmpty ? nil : $0 }
  }

  /// Whether the VM runs; a VM that the inventory does not hold counts as running.
  func runs(_ id: VM.ID) -> Bool {
    vms[id].map { $0.powerState == .on } ?? true
  }
}
