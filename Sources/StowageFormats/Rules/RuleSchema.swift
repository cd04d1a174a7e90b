import StowageModel

/// The form `stowage.rules/v1` as a JSON Schema of draft 2020-12, made from the same table of kinds and
/// keys that the decoder reads by.
public enum RuleSchema {
  /// The whole schema, as kept in the documentation.
  public static var document: [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
        writer.member("$id", "stowage.rules.v1.schema.json")
        writer.member("title", "Rules of a Stowage inventory (\(RuleDocument.schema))")
        writer.member("type", "object")
        writer.member("required", ["schema", "rules"])
        writer.member("additionalProperties", false)
        writer.object("properties") { writer in
          writer.object("schema") { $0.member("const", RuleDocument.schema) }
          writer.object("comment") { _ in }
          writer.object("rules") { writer in
            writer.member("type", "array")
            writer.object("items") { $0.member("$ref", "#/$defs/rule") }
          }
        }
        writer.object("$defs", definitions)
      }
    }
  }

  private static func definitions(_ writer: inout JSONWriter) {
    writer.object("rule") { writer in
      writer.member("type", "object")
      writer.member("required", ["id", "kind"])
      writer.object("properties") { writer in
        writer.object("kind") { $0.member("enum", RuleKind.allCases.map(\.rawValue)) }
      }
      writer.array("allOf") { writer in
        for kind in RuleKind.allCases { choice(kind, &writer) }
      }
    }
    for kind in RuleKind.allCases {
      writer.object(kind.rawValue) { definition(of: kind, &$0) }
    }
    writer.object("words") { writer in
      writer.member("type", "array")
      writer.member("minItems", 1)
      writer.object("items") { $0.member("type", ["string", "number"]) }
    }
    writer.object("labels") { writer in
      writer.array("anyOf") { writer in
        writer.object { writer in
          writer.member("type", "array")
          writer.member("minItems", 1)
          writer.object("items") { writer in
            writer.member("type", "string")
            writer.member("pattern", "^[^=]+=")
          }
        }
        writer.object { writer in
          writer.member("type", "object")
          writer.object("additionalProperties") { $0.member("type", ["string", "number"]) }
        }
      }
    }
  }

  private static func choice(_ kind: RuleKind, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.object("if") { writer in
        writer.object("properties") { writer in
          writer.object("kind") { $0.member("const", kind.rawValue) }
        }
      }
      writer.object("then") { $0.member("$ref", "#/$defs/\(kind.rawValue)") }
    }
  }

  private static func definition(of kind: RuleKind, _ writer: inout JSONWriter) {
    if !kind.requiredKeys.isEmpty { writer.member("required", kind.requiredKeys) }
    if !kind.requiredChoices.isEmpty {
      writer.array("allOf") { writer in
        for choice in kind.requiredChoices {
          writer.object { writer in
            writer.array("anyOf") { writer in
              for key in choice { writer.object { $0.member("required", [key]) } }
            }
          }
        }
      }
    }
    writer.member("additionalProperties", false)
    writer.object("properties") { writer in
      for key in kind.keys { writer.object(key) { value(of: key, in: kind, &$0) } }
    }
  }

  /// What may stand at a key; a key without an entry takes anything.
  private static func value(of key: String, in kind: RuleKind, _ writer: inout JSONWriter) {
    switch key {
    case "id":
      writer.member("type", ["string", "number"])
      writer.member("minLength", 1)
      writer.member("maxLength", IdentifierText.longest)
    case "kind": writer.member("const", kind.rawValue)
    case "hard":
      writer.member("type", "boolean")
      if kind == .preferOn { writer.member("const", false) }
      if kind.isAlwaysHard { writer.member("const", true) }
    case "vms", "hosts", "then", "links": writer.member("$ref", "#/$defs/words")
    case "labels", "host_labels", "then_labels": writer.member("$ref", "#/$defs/labels")
    case "allow", "deny":
      writer.member("type", "array")
      writer.member("minItems", 1)
      writer.object("items") { $0.member("enum", Technique.allCases.map(\.rawValue)) }
    case "days":
      writer.member("type", "array")
      writer.member("minItems", 1)
      writer.object("items") { $0.member("enum", WeeklyHours.Day.allCases.map(\.rawValue)) }
    case "from", "to", "by", "tz": writer.member("type", "string")
    case "per": writer.member("enum", MovesAtOnce.Place.allCases.map(\.rawValue))
    case "max_loss_probability":
      writer.member("type", "number")
      writer.member("minimum", 0)
      writer.member("maximum", 1)
    case "scope":
      writer.member("enum", kind == .failover ? ["host", "rack"] : Scope.allCases.map(\.rawValue))
    case "resource": writer.member("enum", Resource.allCases.map(\.rawValue))
    case "failures": whole(1, 1000, &writer)
    case "min_domains", "max_per_domain": whole(1, 1_000_000, &writer)
    case "limit" where kind == .maxMoves: whole(0, 1_000_000, &writer)
    case "limit" where kind == .concurrency: whole(1, 1_000_000, &writer)
    case "weight", "limit", "limit_mib", "max_downtime_ms", "max_slowdown_s", "within_s":
      writer.member("type", "number")
      writer.member("minimum", 0)
      writer.member("maximum", 1_000_000_000)
    default: break
    }
  }

  private static func whole(_ least: Int, _ most: Int, _ writer: inout JSONWriter) {
    writer.member("type", "integer")
    writer.member("minimum", least)
    writer.member("maximum", most)
  }
}

extension RuleKind {
  /// The keys that a rule of this kind must have, besides `id` and `kind`.
  var requiredKeys: [String] {
    switch self {
    case .groupCap: ["resource", "limit"]
    case .maxMoves, .concurrency: ["limit"]
    case .window, .blackout: ["from", "to"]
    case .moveBudget: ["limit_mib"]
    default: []
    }
  }

  /// Keys of which a rule of this kind must have one or more, choice by choice.
  var requiredChoices: [[String]] {
    let (vms, hosts) = (["vms", "labels"], ["hosts", "host_labels"])
    return switch self {
    case .affinity, .antiAffinity, .stay, .dedicated, .serialize, .together, .window, .blackout: [vms]
    case .deadline: [vms, ["within_s", "by"]]
    case .before: [vms, ["then", "then_labels"]]
    case .technique: [vms, ["allow", "deny", "max_downtime_ms", "max_loss_probability", "max_slowdown_s"]]
    case .onlyOn, .neverOn, .preferOn: [vms, hosts]
    case .spread: [vms, ["min_domains", "max_per_domain"]]
    case .drain, .noNew, .keepOn, .groupCap: [hosts]
    default: []
    }
  }
}
