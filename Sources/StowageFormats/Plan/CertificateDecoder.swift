import StowageDiagnostics
import StowageModel

/// Reads what somebody without a solver needs to check the bounds of a plan.
struct CertificateDecoder {
  /// The certificate; `nil` when the plan has none.
  mutating func decode(_ fields: PlanFields, into log: inout DiagnosticLog) -> Certificate? {
    guard let certificate = fields.object("certificate", into: &log) else { return nil }
    let decoded = Certificate(
      moveWeights: certificate.object("move_weights", into: &log).map { weights($0, into: &log) },
      levelWeights: certificate.object("level_weights", into: &log).map { level in
        Certificate.LevelWeights(
          millionths: level.count("level_millionths", into: &log) ?? 0, weights: weights(level, into: &log))
      },
      hostPrices: certificate.object("host_prices", into: &log).map {
        Certificate.HostPrices(groups: roomPrices($0, of: "host_prices", into: &log))
      },
      keepPrices: certificate.object("keep_prices", into: &log).map { keepPrices($0, into: &log) },
      nightPrices: certificate.object("night_prices", into: &log).map { nightPrices($0, into: &log) })
    return decoded == Certificate() ? nil : decoded
  }

  private func prices(_ fields: PlanFields, into log: inout DiagnosticLog) -> [Resource: Int64] {
    var prices: [Resource: Int64] = [:]
    for resource in Resource.allCases {
      if let node = fields.node(resource.rawValue) { prices[resource] = integer(node, into: &log) }
    }
    return prices
  }

  private func keepPrices(_ fields: PlanFields, into log: inout DiagnosticLog) -> Certificate.KeepPrices {
    Certificate.KeepPrices(
      hostBillionths: fields.node("host").map { integer($0, into: &log) } ?? 0,
      groups: roomPrices(fields, of: "keep_prices", into: &log))
  }

  private func roomPrices(
    _ fields: PlanFields, of proof: String, into log: inout DiagnosticLog
  ) -> [Certificate.RoomPrices] {
    fields.list("groups", into: &log).map { node in
      let group = PlanFields(node, "a group of '\(proof)'", code: .planBadValue, into: &log)
      return .init(
        hosts: group.words("hosts", into: &log).map { Host.ID($0) }, perUnit: prices(group, into: &log))
    }
  }

  private func nightPrices(_ fields: PlanFields, into log: inout DiagnosticLog) -> Certificate.NightPrices {
    var prices: [VM.ID: Int] = [:]
    for node in fields.list("groups", into: &log) {
      let group = PlanFields(node, "a group of 'night_prices'", code: .planBadValue, into: &log)
      if let vm = group.requiredText("vm", into: &log), let price = group.node("price") {
        prices[VM.ID(vm)] = Int(integer(price, into: &log))
      }
    }
    return Certificate.NightPrices(ofGroup: prices)
  }

  private func weights(_ weights: PlanFields, into log: inout DiagnosticLog) -> Certificate.MoveWeights {
    let resources = weights.words("resources", into: &log).compactMap { Resource(rawValue: $0) }
    let cells = weights.list("cells", into: &log).map { integer($0, into: &log) }
    let sizes = weights.list("sizes", into: &log).map { node -> Certificate.MoveWeights.Size in
      guard case .list(let items) = node.value, let last = items.last else {
        reject(node, into: &log)
        return .init(amounts: [], weight: 0)
      }
      return .init(
        amounts: items.dropLast().map { integer($0, into: &log) }, weight: Int(integer(last, into: &log)))
    }
    return Certificate.MoveWeights(
      scale: weights.count("scale", into: &log) ?? 0, resources: resources, cells: cells, sizes: sizes,
      total: weights.count("total", into: &log) ?? 0)
  }

  /// Read from its digits: amounts in KiB may have more than a number in between keeps.
  private func integer(_ node: DocumentNode, into log: inout DiagnosticLog) -> Int64 {
    if case .number(_, let text) = node.value, let value = Int64(text) { return value }
    reject(node, into: &log)
    return 0
  }

  private func reject(_ node: DocumentNode, into log: inout DiagnosticLog) {
    log.report(
      .planBadValue, .error, at: node.place,
      "the certificate holds \(node.noun) where whole numbers belong",
      remedy: "leave the certificate as the planner wrote it, or leave it out")
  }
}
