import StowageModel

/// Writes what a plan says of the copies that VMs keep at other sites.
enum ProtectionEncoder {
  static func write(_ policy: ProtectionPolicy, to writer: inout JSONWriter) {
    writer.object("protection") { writer in
      writer.member("replicator", policy.replicator.rawValue)
      writer.member("reduction", policy.reduction)
      writer.member("overhead", policy.overhead)
      writer.member("headroom", policy.headroom)
      writer.member("shared_link_part", policy.sharedLinkPart)
    }
  }

  /// Nothing where there are none.
  static func write(_ protections: [Protection], to writer: inout JSONWriter) {
    guard !protections.isEmpty else { return }
    writer.array("protection") { writer in
      for own in protections {
        writer.object { writer in
          writer.member("vm", own.vm.rawValue)
          writer.member("copy_before", own.before.rawValue)
          writer.member("copy_after", own.after.rawValue)
          writer.member("interval_s", own.intervalSeconds)
          writer.member("rate_mib_per_s", own.rateMiBPerSecond)
          writer.member("worst_age_s", own.worstAgeSeconds)
          writer.member("delta_mib", own.deltaMiB)
          if let datastore = own.datastore { writer.member("datastore", datastore) }
          writer.member("links_before", own.linksBefore)
          writer.member("links_after", own.linksAfter)
        }
      }
    }
  }
}
