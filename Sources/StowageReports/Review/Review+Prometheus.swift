import StowageModel

extension Review {
  /// The key figures for the textfile collector of Prometheus' node exporter (exposition format 0.0.4):
  /// base units (bytes, cores, ratios), names that begin with `stowage_`.
  public var prometheus: String {
    var text = ""
    func metric(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]) {
      guard !samples.isEmpty else { return }
      text += "# HELP stowage_\(name) \(help)\n# TYPE stowage_\(name) gauge\n"
      for sample in samples {
        let labels = sample.labels.map { "\($0.0)=\"\(Self.label($0.1))\"" }.joined(separator: ",")
        text += "stowage_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(sample.value))\n"
      }
    }
    metric("hosts", "Hosts of the inventory.", [([], Double(inventory.hosts.count))])
    metric(
      "vms", "VMs by state.",
      Self.states.map { state in
        ([("state", state.rawValue)], Double(inventory.vms.count { $0.powerState == state }))
      })
    let parts: [(String, String, (Waterfall) -> Int64)] = [
      ("capacity_total", "Offered by hosts that take VMs.", { $0.total }),
      ("capacity_reserve", "Kept for failures that a rule provides for.", { $0.failoverReserve }),
      ("capacity_headroom", "Kept free by choice.", { $0.headroom }),
      ("capacity_used", "Asked by VMs.", { $0.used }), ("capacity_free", "Usable and not used.", { $0.free }),
    ]
    for (name, help, value) in parts {
      metric(
        name, "\(help) In bytes, cores (vCPUs or Hz), bits a second, or pieces.",
        clusters.flatMap { cluster in
          cluster.waterfalls.map { own in
            (
              [("cluster", cluster.name ?? ""), ("resource", own.resource.rawValue)],
              Double(value(own)) * Self.baseUnit(own.resource, sizing.cpu)
            )
          }
        })
    }
    metric(
      "host_utilisation_ratio", "Demand over capacity.",
      hostLoads.flatMap { load in
        [Resource.cpu, .memory].compactMap { resource in
          load.utilisation(of: resource, at: .start).map {
            ([("host", load.host.rawValue), ("resource", resource.rawValue)], $0)
          }
        }
      })
    metric("rules_broken", "Rules and limits broken today.", [([], Double(violations.count))])
    metric(
      "failures_survived_ratio", "Cases of a kind of failure in which every running VM found room.",
      failures.filter { $0.cases > 0 }.map {
        ([("place", $0.place), ("event", $0.event)], Double($0.survived) / Double($0.cases))
      })
    metric(
      "room_for_vms", "Further VMs of a size that fit without moving anybody.",
      roomForMore.map { ([("size", $0.size)], Double($0.asThingsStand)) })
    return text
  }

  private static let states: [VM.PowerState] = [.on, .off, .suspended]

  /// Base units in one unit of a resource.
  private static func baseUnit(_ resource: Resource, _ cpu: CPUCounting) -> Double {
    switch resource {
    case .cpu: cpu == .vcpu ? 0.001 : 1000
    case .memory, .localDisk: 1024
    case .network: 1000
    case .slots, .gpus: 1
    }
  }

  /// A label's value: backslash, quote and line feed are escaped, and what cannot be seen is shown.
  private static func label(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.line(text, limit: 500).unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String {
    value.rounded() == value && abs(value) < 9e15 ? "\(Int64(value))" : "\(value)"
  }
}
