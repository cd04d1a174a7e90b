import StowageModel

/// Writes a recovery plan as its document, with its keys in the order of the form.
enum RecoveryEncoder {
  static func encode(_ plan: RecoveryPlan) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", RecoveryDocument.schema)
        writer.member("generator", plan.generator)
        writer.object("inventory") { writer in
          writer.member("sha256", plan.inventory.sha256)
          writer.member("hosts", plan.inventory.hosts)
          writer.member("vms", plan.inventory.vms)
        }
        writer.object("terms") { write(plan.terms, to: &$0) }
        writer.member("outcome", plan.outcome.rawValue)
        writer.object("unprotected_vms") { write(plan.unprotected, to: &$0) }
        writer.object("link_traffic_mib_per_s") { write(plan.linkTraffic, to: &$0) }
        writer.objects("replicas", plan.replicas) { write($1, to: &$0) }
        writer.objects("refused", plan.refusals) { writer, refusal in
          writer.member("vm", refusal.vm.rawValue)
          writer.member("because", refusal.because)
          writer.member("remedy", refusal.remedy)
        }
        writer.member("conflict", plan.conflict)
        writer.objects("wanted_links", plan.wantedLinks) { writer, wanted in
          writer.member("link", wanted.link.rawValue)
          writer.member("gbps", wanted.gbps)
          writer.member("least_gbps", wanted.leastGbps)
        }
        writer.member("assumptions", plan.assumptions)
      }
    }
  }

  private static func write(_ terms: RecoveryTerms, to writer: inout JSONWriter) {
    writer.member("cpu", terms.sizing.cpu.rawValue)
    writer.member("memory", terms.sizing.memory.rawValue)
    writer.member("cpu_overcommit_default", terms.sizing.defaultCPUOvercommitRatio)
    writer.member("cpu_headroom_pct", terms.sizing.cpuHeadroomPercent)
    writer.member("memory_headroom_pct", terms.sizing.memoryHeadroomPercent)
    writer.member("replicator", terms.replicator.rawValue)
    writer.member("reduction", terms.reduction)
    writer.member("overhead", terms.overhead)
    writer.member("headroom", terms.headroom)
    writer.member("shared_link_part", terms.sharedLinkPart)
    writer.member("default_rpo_s", terms.defaultObjectiveSeconds)
    writer.member("decision_s", terms.decisionSeconds)
    writer.member("promotion_s", terms.promotionSeconds)
    writer.member("boot_s", terms.bootSeconds)
    writer.member("network_s", terms.networkSeconds)
    writer.member("restarts_at_once", terms.restartsAtOnce)
  }

  private static func write(_ figure: RecoveryPlan.ProvedFigure, to writer: inout JSONWriter) {
    writer.member("value", figure.value)
    writer.member("lower_bound", figure.lowerBound)
    writer.member("proof", figure.proof.rawValue)
    guard figure.proof == .prices else { return }
    writer.objects("prices", figure.prices) { writer, price in
      switch price.limit {
      case .room(let site, let failing, let resource):
        writer.member("room", resource.rawValue)
        writer.member("site", site)
        writer.member("failing", failing)
      case .space(let datastore): writer.member("space", datastore)
      case .channel(let channel): writer.member("channel", channel)
      }
      writer.member("per_unit", price.perUnit)
    }
  }

  private static func write(_ replica: RecoveryPlan.Replica, to writer: inout JSONWriter) {
    writer.member("vm", replica.vm.rawValue)
    writer.member("from_site", replica.fromSite)
    writer.member("site", replica.site)
    writer.member("host", replica.host.rawValue)
    writer.member("datastore", replica.datastore)
    writer.member("interval_s", replica.intervalSeconds)
    writer.member("rate_mib_per_s", replica.rateMiBPerSecond)
    writer.member("links", replica.links)
    writer.member("worst_age_s", replica.worstAgeSeconds)
    writer.member("restart_order", replica.restartOrder)
    writer.member("start_s", replica.startSeconds)
    writer.member("ready_s", replica.readySeconds)
  }
}
