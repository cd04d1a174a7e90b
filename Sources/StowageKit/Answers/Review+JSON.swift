import StowageFormats
import StowageModel
public import StowageReports

extension Review {
  /// The review for programs (`stowage.review/v1`). Amounts are in MiB, cores or MHz as their names say.
  public var json: String {
    JSONWriter.answer("stowage.review/v1") { writer in
      writer.member("generator", generator)
      writer.object("inventory") { writer in
        writer.member("sha256", sha256)
        writer.member("hosts", inventory.hosts.count)
        writer.member("vms", inventory.vms.count)
      }
      writer.array("clusters") { writer in for cluster in clusters { Self.write(cluster, to: &writer) } }
      writer.array("hosts") { writer in
        for load in hostLoads { Self.write(load, isPlanned: plan != nil, to: &writer) }
      }
      if let history { Self.write(history, to: &writer) }
      writer.objects("room_for_more", roomForMore) { writer, room in
        writer.member("size", room.size)
        writer.member("vcpus", room.vCPUs)
        writer.member("memory_mib", room.memoryMiB)
        writer.member("as_things_stand", room.asThingsStand)
        writer.member("with_one_host_lost", room.withOneHostLost)
        writer.member("at_most", room.atMost)
      }
      writer.objects("failures", failures) { writer, failure in
        writer.member("place", failure.place)
        writer.member("event", failure.event)
        writer.member("cases", failure.cases)
        writer.member("all_cases", failure.allCases)
        writer.member("survived", failure.survived)
        writer.member("worst", failure.worst)
        writer.member("worst_stranded_vms", failure.worstStranded)
        writer.member("worst_stranded_mib", failure.worstStrandedMiB)
        writer.member("proved", failure.isProved)
      }
      writer.objects("right_sizing", rightSizing) { writer, advice in
        writer.member("vm", advice.vm.rawValue)
        writer.member("vcpus", advice.vCPUs)
        writer.member("advised_vcpus", advice.advisedVCPUs)
        writer.member("memory_mib", advice.memoryMiB)
        writer.member("advised_memory_mib", advice.advisedMemoryMiB)
        writer.member("because", advice.because)
      }
      writer.objects("broken", violations) { writer, violation in
        writer.member("rule", violation.rule)
        writer.member("detail", violation.detail)
      }
      writer.objects("pinned_vms", pinnedVMs) { writer, pinned in
        writer.member("vm", pinned.vm.rawValue)
        writer.member("because", pinned.because)
      }
      writer.objects("what_if", whatIfs) { writer, question in
        writer.member("question", question.question)
        writer.member("answer", question.answer.rawValue)
        writer.member("how", question.how)
        writer.member("placed_vms", question.placedVMs)
        writer.member("highest_utilisation", question.highestUtilisation)
        writer.member("more_average_vms", question.moreAverageVMs)
      }
      writer.member("assumptions", assumptions)
    }
  }

  private static func write(_ cluster: ClusterCapacity, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("cluster", cluster.name)
      writer.member("hosts", cluster.hosts)
      writer.member("usable_hosts", cluster.usableHosts)
      writer.member("running_vms", cluster.runningVMs)
      writer.member("other_vms", cluster.otherVMs)
      writer.member("cores", cluster.cores)
      writer.member("vcpus", cluster.vCPUs)
      writer.member("host_memory_mib", cluster.hostMemoryMiB)
      writer.member("vm_memory_mib", cluster.vmMemoryMiB)
      writer.member("failures_covered", cluster.failuresCovered)
      writer.objects("resources", cluster.waterfalls) { writer, own in
        writer.member("resource", own.resource.rawValue)
        writer.member("total", Int(own.total))
        writer.member("failover_reserve", Int(own.failoverReserve))
        writer.member("headroom", Int(own.headroom))
        writer.member("usable", Int(own.usable))
        writer.member("used", Int(own.used))
        writer.member("free", Int(own.free))
        writer.member("utilisation", own.utilisation)
      }
    }
  }

  private static func write(_ load: HostLoad, isPlanned: Bool, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("host", load.host.rawValue)
      for resource in Resource.allCases {
        writer.member("\(resource.rawValue)_utilisation", load.utilisation(of: resource, at: .start))
        if isPlanned {
          writer.member("\(resource.rawValue)_utilisation_after", load.utilisation(of: resource, at: .end))
        }
      }
    }
  }

  private static func write(_ history: HistoryReview, to writer: inout JSONWriter) {
    writer.object("history") { writer in
      writer.member("samples", history.samples)
      writer.member("covered_vms", history.coveredVMs)
      writer.member("first_day", history.firstDay)
      writer.member("last_day", history.lastDay)
      writer.member("coverage", history.coverage)
      writer.objects("outlooks", history.outlooks) { writer, outlook in
        writer.member("resource", outlook.name)
        writer.member("unit", outlook.unit)
        writer.member("usable", outlook.usable)
        writer.member("method", outlook.method)
        writer.member("held_back_days", outlook.heldBackDays)
        writer.member("held_back_error", outlook.heldBackError)
        writer.member("exhaustion_earliest", outlook.exhaustion.earliest)
        writer.member("exhaustion_expected", outlook.exhaustion.expected)
        writer.member("exhaustion_latest", outlook.exhaustion.latest)
      }
    }
  }
}
