import StowageModel

extension Platform {
  /// The platform's name as its makers write it.
  var title: String {
    switch self {
    case .libvirt: "libvirt/KVM"
    case .vmware: "VMware vSphere"
    case .hyperv: "Hyper-V"
    case .proxmox: "Proxmox VE"
    case .openstack: "OpenStack"
    case .ganeti: "Ganeti"
    case .xcpng: "XCP-ng"
    case .kubevirt: "KubeVirt"
    }
  }
}

extension SizingOptions {
  /// How demand and capacity were counted, one sentence each.
  var sentences: [String] {
    var sentences: [String] = []
    switch cpu {
    case .vcpu:
      let ratio = Units.decimal(defaultCPUOvercommitRatio, digits: defaultCPUOvercommitRatio == 1 ? 0 : 1)
      sentences.append("CPU is counted in vCPUs, \(ratio) per core unless the host states its own ratio")
    case .mhz: sentences.append("CPU is counted in MHz: 95th percentile, else maximum, else allocation")
    }
    switch memory {
    case .configured: sentences.append("memory is counted as configured")
    case .active:
      sentences.append("memory is counted as active: 95th percentile, else sample, else configured")
    }
    if cpuHeadroomPercent > 0 {
      sentences.append("\(percent(cpuHeadroomPercent)) of each host's CPU is kept free")
    }
    if memoryHeadroomPercent > 0 {
      sentences.append("\(percent(memoryHeadroomPercent)) of each host's memory is kept free")
    }
    return sentences
  }

  private func percent(_ value: Double) -> String {
    Units.percent(value / 100, digits: value.rounded() == value ? 0 : 1)
  }
}
