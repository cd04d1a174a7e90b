import StowageModel

// Savings, rules, and what stays where it is.
extension HTMLReport {
  private static let rowLimit = 100

  var savingsSection: ReportPage.SavingsSection? {
    let savings = Savings(input)
    guard savings.hosts > 0 else { return nil }
    let facility = input.facility
    var rows = [
      ReportPage.SavingRow(
        saving: "Hosts off", amount: Units.count(savings.hosts),
        basis: Summary.list(input.plan.poweredOffHosts.map { VisibleText.name($0.rawValue) }, limit: 12))
    ]
    if let watts = savings.idleWatts {
      rows.append(
        .init(
          saving: "Idle power", amount: Units.watts(watts), basis: known(savings.hostsWithIdleWatts, savings))
      )
    }
    if let energy = savings.kilowattHoursPerYear {
      let pue = Units.decimal(facility.powerUsageEffectiveness, digits: 2)
      rows.append(
        .init(
          saving: "Energy a year", amount: Units.energy(kilowattHours: energy), basis: "8,760 h at PUE \(pue)"
        ))
    }
    if let cost = savings.energyCostPerYear, let price = facility.pricePerKilowattHour {
      rows.append(
        .init(
          saving: "Energy cost a year", amount: Units.money(cost, currency: facility.currency),
          basis: "\(Units.decimal(price, digits: 3)) a kWh"))
    }
    if let cost = savings.costPerMonth {
      rows.append(
        .init(
          saving: "Host cost a month", amount: Units.money(cost, currency: facility.currency),
          basis: known(savings.hostsWithCost, savings)))
    }
    let note =
      "Only idle power is counted: the work moves along and draws its power elsewhere."
      + (facility.powerUsageEffectiveness == 1 ? " PUE 1.00 counts the machines alone, without cooling." : "")
    return .init(savingRows: rows, savingNote: note)
  }

  private func known(_ count: Int, _ savings: Savings) -> String {
    count == savings.hosts
      ? "known for all of them"
      : "known for \(Units.count(count)) of \(Units.count(savings.hosts)); the others count as 0"
  }

  func pinnedSection(_ vms: [PinnedVM]) -> ReportPage.PinnedSection? {
    guard !vms.isEmpty else { return nil }
    let rest = vms.count - Self.rowLimit
    return .init(
      pinnedRows: vms.prefix(Self.rowLimit).map { pinned in
        let remedy = pinned.remedy.map { ". To make it movable: \($0)" } ?? ""
        return .init(
          pinnedVM: .init(pinned.vm.rawValue, alias: names.alias(of: pinned.vm)),
          because: pinned.because + remedy)
      }, pinnedRest: rest > 0 ? "\(Units.count(rest, "more VM"))" : nil)
  }

  var ruleSection: ReportPage.RuleSection? {
    let rules = input.inventory.rules
    guard !rules.isEmpty else { return nil }
    let broken = Set(input.plan.violationsAtStart.map(\.rule))
    let rest = rules.count - Self.rowLimit
    return .init(
      ruleRows: rules.prefix(Self.rowLimit).map { rule in
        .init(
          rule: VisibleText.name(rule.id.rawValue), kind: rule.kindWords,
          strength: rule.isHard ? "hard" : "soft",
          asks: rule.meaning, isBroken: broken.contains(rule.id.rawValue))
      }, ruleRest: rest > 0 ? "\(Units.count(rest, "more rule"))" : nil)
  }

  var violationSection: ReportPage.ViolationSection? {
    let violations = input.plan.violationsAtStart
    guard !violations.isEmpty else { return nil }
    let rest = violations.count - Self.rowLimit
    return .init(
      violationRows: violations.prefix(Self.rowLimit).map {
        .init(broken: VisibleText.name($0.rule), detail: $0.detail)
      },
      violationRest: rest > 0 ? "\(Units.count(rest)) more in plan.json" : nil)
  }
}
