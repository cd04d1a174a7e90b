import StowageDiagnostics
import StowageModel

extension TableSchema where Row == VM {
  /// The table of VMs. A row whose `template` is true is skipped and counted.
  static let vms = TableSchema(
    name: "vms", noun: "VM",
    columns: identity + processor + memory + storageAndNetwork + migration + people,
    skipColumn: "template",
    blank: { VM(id: "", vCPUs: 0, memoryMiB: 0) },
    id: \.id.rawValue,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateVM)

  private static let identity: [Column<VM>] = [
    .id("id", \.id),
    .text("name", \.name),
    .text("site", \.site),
    .text("cluster", \.cluster),
    .reference("host", \.host),
    .choice("power_state", \.powerState),
  ]

  private static let processor: [Column<VM>] = [
    .number("vcpus", \.vCPUs, .positive),
    .number("cpu_mhz_p50", \.cpuMHzP50, .notNegative),
    .number("cpu_mhz_p95", \.cpuMHzP95, .notNegative),
    .number("cpu_mhz_max", \.cpuMHzMax, .notNegative),
    .week("cpu_mhz_by_hour", \.cpuMHzByHour),
    .number("cpu_reservation_mhz", \.cpuReservationMHz, .notNegative, isWholeByNature: true),
    .number("cpu_limit_mhz", \.cpuLimitMHz, .notNegative, isWholeByNature: true),
  ]

  private static let memory: [Column<VM>] = [
    .number("memory_mib", \.memoryMiB, .positive),
    .number("memory_active_mib", \.memoryActiveMiB, .notNegative),
    .number("memory_active_p95_mib", \.memoryActiveP95MiB, .notNegative),
    .week("memory_active_mib_by_hour", \.memoryActiveMiBByHour),
    .number("memory_consumed_mib", \.memoryConsumedMiB, .notNegative),
    .number("memory_reservation_mib", \.memoryReservationMiB, .notNegative, isWholeByNature: true),
    .number("memory_limit_mib", \.memoryLimitMiB, .notNegative, isWholeByNature: true),
  ]

  private static let storageAndNetwork: [Column<VM>] = [
    .number("disk_provisioned_gib", \.diskProvisionedGiB, .notNegative),
    .number("disk_used_gib", \.diskUsedGiB, .notNegative),
    .flag("disk_local", \.hasLocalDisk),
    .list("datastores", \.datastores),
    .list("networks", \.networks),
    .number("network_mbps_p95", \.networkMbpsP95, .notNegative),
    .number("iops_p95", \.iopsP95, .notNegative),
    .count("gpu_count", \.gpuCount),
  ]

  private static let migration: [Column<VM>] = [
    .number("working_set_mib", \.workingSetMiB, .notNegative),
    .number("dirty_rate_mib_per_s", \.dirtyRateMiBPerSecond, .notNegative),
    .number("cold_dirty_rate_mib_per_s", \.coldDirtyRateMiBPerSecond, .notNegative),
    .number("disk_change_mib_per_s", \.diskChangeMiBPerSecond, .notNegative),
    .number("shutdown_s", \.shutdownSeconds, .notNegative),
    .number("boot_s", \.bootSeconds, .notNegative),
    .number("max_downtime_ms", \.maxDowntimeMilliseconds, .notNegative),
    .choices("techniques", \.allowedTechniques),
    .number("rpo_s", \.rpoSeconds, .notNegative),
    .number("rto_s", \.rtoSeconds, .notNegative),
    .flag("movable", \.isMovable),
    .choices("blockers", \.blockers),
    .text("cpu_baseline", \.cpuBaseline),
    .list("replica_hosts", \.replicaHosts),
    .list("allowed_hosts", \.allowedHosts),
    .list("forbidden_hosts", \.forbiddenHosts),
  ]

  private static let people: [Column<VM>] = [
    .text("os", \.operatingSystem),
    .text("app", \.app),
    .text("tier", \.tier),
    .text("owner", \.owner),
    .text("priority", \.priority),
    .text("restart_priority", \.restartPriority),
    .labels("labels", \.labels),
    .text("annotation", \.annotation),
  ]
}
