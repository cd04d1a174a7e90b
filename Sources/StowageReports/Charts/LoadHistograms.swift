import StowageModel

/// Hosts by their utilisation of memory and of CPU, before and after a plan.
struct LoadHistograms {
  let memory: Histogram
  let cpu: Histogram

  init(_ loads: [HostLoad]) {
    func histogram(_ resource: Resource) -> Histogram {
      Histogram(
        before: loads.compactMap { $0.utilisation(of: resource, at: .start) },
        after: loads.compactMap { $0.utilisation(of: resource, at: .end) }, subject: resource.name)
    }
    memory = histogram(.memory)
    cpu = histogram(.cpu)
  }

  /// The same figures: range, memory before and after, CPU before and after.
  var rows: [[String]] {
    (0..<Histogram.bins).map { bin in
      [Histogram.label(bin)]
        + [memory.before, memory.after, cpu.before, cpu.after].map { Units.count($0[bin]) }
    }
  }
}
