import StowageModel

/// Writes a plan as its document, with its keys in the order of the form.
enum PlanEncoder {
  /// The bytes of the document.
  static func encode(_ plan: Plan) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writeHead(plan, to: &writer)
        writeObjectives(plan.objectives, to: &writer)
        writer.object("placement") { writer in
          for (vm, host) in plan.placement.sorted(by: { $0.key < $1.key }) {
            writer.member(vm.rawValue, host.rawValue)
          }
        }
        writer.member("powered_off_hosts", plan.poweredOffHosts.map(\.rawValue))
        writer.array("moves") { writer in
          for move in plan.moves { MoveEncoder.write(move, to: &writer) }
        }
        ProtectionEncoder.write(plan.protections, to: &writer)
        plan.order?.write(to: &writer)
        writeTail(plan, to: &writer)
      }
    }
  }

  private static func writeHead(_ plan: Plan, to writer: inout JSONWriter) {
    writer.member("schema", PlanDecoder.schema)
    writer.member("generator", plan.generator)
    writer.object("inventory") { writer in
      writer.member("sha256", plan.inventory.sha256)
      writer.member("hosts", plan.inventory.hosts)
      writer.member("vms", plan.inventory.vms)
    }
    writer.member("goal", plan.goal.rawValue)
    writer.key("seed")
    writer.raw(String(plan.seed))
    writer.object("options") { write(plan.options, to: &$0) }
    writer.member("request_sha256", plan.requestSHA256)
    writer.member("outcome", plan.outcome.rawValue)
  }

  /// What was asked for and what the solver alone vouches for, as a document of its own: what the
  /// request's digest is taken of. Nobody can compute such a bound again, so the digest guards it.
  static func encodeRequest(_ plan: Plan) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("goal", plan.goal.rawValue)
        writer.key("seed")
        writer.raw(String(plan.seed))
        writer.object("options") { write(plan.options, to: &$0) }
        writeBoundsOnTrust(plan.objectives.filter { $0.proof == .branchAndBound }, to: &writer)
      }
    }
  }

  private static func writeBoundsOnTrust(_ objectives: [Objective], to writer: inout JSONWriter) {
    guard !objectives.isEmpty else { return }
    writer.array("bounds_on_trust") { writer in
      for objective in objectives {
        writer.object { writer in
          writer.member("name", objective.name.rawValue)
          writer.member("lower_bound", objective.lowerBound)
        }
      }
    }
  }

  private static func write(_ options: PlanOptions, to writer: inout JSONWriter) {
    writer.member("cpu", options.sizing.cpu.rawValue)
    writer.member("memory", options.sizing.memory.rawValue)
    writer.member("cpu_overcommit_default", options.sizing.defaultCPUOvercommitRatio)
    writer.member("cpu_headroom_pct", options.sizing.cpuHeadroomPercent)
    writer.member("memory_headroom_pct", options.sizing.memoryHeadroomPercent)
    writer.member("platform", options.platform.rawValue)
    writer.member("hosts", options.hosts.map(\.rawValue))
    writer.member("max_moves", options.maxMoves)
    if let start = options.start { writer.member("start", start.description) }
    if let budget = options.moveBudgetMiB { writer.member("move_budget_mib", budget) }
    if let gain = options.leastGainPercent { writer.member("min_gain_pct", gain) }
    if options.balanceFirst != .highest { writer.member("balance_first", options.balanceFirst.rawValue) }
    if !options.targetPercent.isEmpty {
      writer.object("targets_pct") { writer in
        for (resource, percent) in options.targetPercent.sorted(by: { $0.key < $1.key }) {
          writer.member(resource.rawValue, percent)
        }
      }
    }
    if options.objective != .hosts { writer.member("objective", options.objective.rawValue) }
    writer.member("within_clusters", options.staysWithinClusters)
    if !options.sites.isEmpty {
      writer.member("sites", options.sites)
      writer.member("vms", options.vms)
    }
    if !options.homes.isEmpty {
      writer.object("homes") { writer in
        for (vm, host) in options.homes.sorted(by: { $0.key < $1.key }) {
          writer.member(vm.rawValue, host.rawValue)
        }
      }
    }
    if let waves = options.waves { write(waves, to: &writer) }
    if let protection = options.protection { ProtectionEncoder.write(protection, to: &writer) }
    options.cutOver?.write(to: &writer)
    if let days = options.keepSourceDays { writer.member("keep_source_days", days) }
    if let calibration = options.calibration { write(calibration, to: &writer) }
  }

  private static func write(_ waves: WavePolicy, to writer: inout JSONWriter) {
    writer.object("waves") { writer in
      if let most = waves.mostVMs { writer.member("max_vms", most) }
      if let pilot = waves.pilotVMs { writer.member("pilot_vms", pilot) }
      writer.member("validation_s", waves.validationSeconds)
      if let rollback = waves.rollbackSeconds { writer.member("rollback_s", rollback) }
      if let nights = waves.nights {
        writer.object("nights") { writer in
          if let most = nights.mostGroups { writer.member("max_groups", most) }
        }
      }
      if let seeding = waves.seeding {
        writer.object("seeding") { writer in
          writer.member("share_percent", seeding.sharePercent)
          writer.member("interval_s", seeding.intervalSeconds)
        }
      }
    }
  }

  /// Part of the request: whoever judges the estimates judges them by these constants, and by no others.
  private static func write(_ calibration: Calibration, to writer: inout JSONWriter) {
    writer.object("calibration") { writer in
      writer.member("sha256", calibration.sha256)
      writer.object("constants") { CalibrationEncoder.write(calibration.constants, to: &$0) }
    }
  }

  private static func writeObjectives(_ objectives: [Objective], to writer: inout JSONWriter) {
    writer.array("objective") { writer in
      for objective in objectives {
        writer.object { writer in
          writer.member("name", objective.name.rawValue)
          writer.member("value", objective.value)
          writer.member("lower_bound", objective.lowerBound)
          writer.member("proof", objective.proof?.rawValue)
        }
      }
    }
  }

  private static func writeCertificate(_ certificate: Certificate?, to writer: inout JSONWriter) {
    guard let certificate else { return }
    writer.object("certificate") { writer in
      if let weights = certificate.moveWeights {
        writer.object("move_weights") { write(weights, to: &$0) }
      }
      if let prices = certificate.hostPrices {
        writer.object("host_prices") { write(prices.groups, to: &$0) }
      }
      if let prices = certificate.keepPrices {
        writer.object("keep_prices") { writer in
          writer.member("host", Int(prices.hostBillionths))
          write(prices.groups, to: &writer)
        }
      }
      if let prices = certificate.nightPrices {
        writer.object("night_prices") { writer in
          writer.array("groups") { writer in
            for (vm, price) in prices.ofGroup.sorted(by: { $0.key < $1.key }) {
              writer.object { writer in
                writer.member("vm", vm.rawValue)
                writer.member("price", price)
              }
            }
          }
        }
      }
      if let level = certificate.levelWeights {
        writer.object("level_weights") { writer in
          writer.member("level_millionths", level.millionths)
          write(level.weights, to: &writer)
        }
      }
    }
  }

  private static func write(_ prices: [Certificate.RoomPrices], to writer: inout JSONWriter) {
    writer.array("groups") { writer in
      for group in prices {
        writer.object { writer in
          for resource in Resource.allCases {
            group.perUnit[resource].map { writer.member(resource.rawValue, Int($0)) }
          }
          writer.member("hosts", group.hosts.map(\.rawValue))
        }
      }
    }
  }

  private static func write(_ weights: Certificate.MoveWeights, to writer: inout JSONWriter) {
    writer.member("scale", weights.scale)
    writer.member("total", weights.total)
    writer.member("resources", weights.resources.map(\.rawValue))
    writer.array("cells") { writer in
      for cell in weights.cells { writer.raw(String(cell)) }
    }
    writer.array("sizes") { writer in
      for size in weights.sizes {
        writer.array { writer in
          for amount in size.amounts { writer.raw(String(amount)) }
          writer.raw(String(size.weight))
        }
      }
    }
  }

  private static func writeTail(_ plan: Plan, to writer: inout JSONWriter) {
    writer.object("schedule") { writer in
      writer.member("makespan_s", plan.schedule.makespanSeconds)
      writer.member("lower_bound_s", plan.schedule.lowerBoundSeconds)
      writer.member("binding", plan.schedule.binding)
    }
    writeCertificate(plan.certificate, to: &writer)
    writer.array("unplaced") { writer in
      for unplaced in plan.unplaced {
        writer.object { writer in
          writer.member("vm", unplaced.vm.rawValue)
          writer.member("because", unplaced.because)
        }
      }
    }
    writer.array("violations_at_start") { writer in
      for violation in plan.violationsAtStart {
        writer.object { writer in
          writer.member("rule", violation.rule)
          writer.member("detail", violation.detail)
        }
      }
    }
    writer.array("assumptions") { writer in
      for assumption in plan.assumptions { writer.value(assumption) }
    }
  }
}
