import StowageDiagnostics
import StowageModel

extension TableSchema where Row == Host {
  /// The table of hosts.
  static let hosts = TableSchema(
    name: "hosts", noun: "host",
    columns: [
      .id("id", \.id),
      .text("name", \.name),
      .text("site", \.site),
      .text("cluster", \.cluster),
      .text("rack", \.rack),
      .text("power_feed", \.powerFeed),
      .number("cores", \.cores, .positive),
      .count("sockets", \.sockets, .positiveCount),
      .count("threads_per_core", \.threadsPerCore, .positiveCount),
      .number("cpu_mhz", \.cpuMHz, .positive, isWholeByNature: true),
      .text("cpu_model", \.cpuModel),
      .text("cpu_compat_level", \.cpuCompatibilityLevel),
      .number("memory_mib", \.memoryMiB, .positive),
      .number("memory_reserved_mib", \.memoryReservedMiB, .notNegative, isWholeByNature: true),
      .number("cpu_reserved_mhz", \.cpuReservedMHz, .notNegative, isWholeByNature: true),
      .number("cpu_overcommit_ratio", \.cpuOvercommitRatio, .ratio),
      .number("memory_overcommit_ratio", \.memoryOvercommitRatio, .ratio),
      .number("network_gbps", \.networkGbps, .positive),
      .number("migration_network_gbps", \.migrationNetworkGbps, .positive),
      .count("max_vms", \.maxVMs),
      .number("local_disk_gib", \.localDiskGiB, .notNegative),
      .count("gpu_count", \.gpuCount),
      .number("power_idle_watts", \.powerIdleWatts, .notNegative),
      .number("power_peak_watts", \.powerPeakWatts, .notNegative),
      .choice("state", \.state),
      .flag("maintenance", \.isInMaintenance),
      .flag("schedulable", \.isSchedulable),
      .list("datastores", \.datastores),
      .list("networks", \.networks),
      .labels("labels", \.labels),
      .number("cost_per_month", \.costPerMonth, .notNegative),
      .list("license_groups", \.licenseGroups),
      .text("purchased_at", \.purchasedAt),
    ],
    skipColumn: nil,
    blank: { Host(id: "", cores: 0, memoryMiB: 0) },
    id: \.id.rawValue,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateHost)
}
