public import StowageDiagnostics
import StowageFormats
public import StowageModel
public import StowageReports
import StowageVerification

extension CheckReport {
  /// What is to be said of an inventory: its problems, the rules broken today, the overloaded hosts.
  public static func of(
    _ inventory: Inventory, source: String, log: DiagnosticLog, options: PlanOptions
  ) -> CheckReport {
    CheckReport(
      source: source, inventory: inventory, diagnostics: log,
      brokenRules: PlacementAudit(inventory, sizing: options.sizing).violations.filter {
        $0.rule != "capacity"
      },
      hostLoads: HostLoad.all(of: inventory, options: options), cpu: options.sizing.cpu)
  }

  /// The answer for programs (`stowage.check/v1`).
  public var json: String {
    JSONWriter.answer("stowage.check/v1") { writer in
      writer.member("clean", isClean)
      writer.member("hosts", inventory.hosts.count)
      writer.member("vms", inventory.vms.count)
      writer.member("rules", inventory.rules.count)
      writer.array("diagnostics") { writer in
        for diagnostic in diagnostics.kept { Self.write(diagnostic, to: &writer) }
      }
      writer.object("counts") { writer in
        for code in diagnostics.counts.keys.sorted() {
          writer.member(code.rawValue, diagnostics.counts[code])
        }
      }
      writer.objects("broken_rules", brokenRules) { writer, violation in
        writer.member("rule", violation.rule)
        writer.member("detail", violation.detail)
      }
      writer.objects("overloaded_hosts", overloadedHosts) { writer, host in
        writer.member("host", host.host.rawValue)
        writer.member("resources", host.overloadedAtStart.map(\.rawValue))
      }
    }
  }

  private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("code", diagnostic.code.rawValue)
      writer.member("severity", diagnostic.severity.rawValue)
      writer.member("file", diagnostic.place?.file)
      writer.member("line", diagnostic.place?.line)
      writer.member("column", diagnostic.place?.column)
      writer.member("summary", diagnostic.summary)
      writer.member("remedy", diagnostic.remedy)
    }
  }
}
