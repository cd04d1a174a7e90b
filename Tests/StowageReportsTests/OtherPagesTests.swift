import StowageModel
import StowageReports
import Testing

@Suite("Refusal, check and verdict")
struct OtherPagesTests {
  @Test("a refusal names the VMs, the causes counted by host, the conflict and a way out")
  func refusal() {
    #expect(
      OtherPages.noPlan().text() == """
        Consolidate: 11 hosts, 40 VMs

        Why there is no plan
          Proved: no host is left for 3 VMs, each looked at on every host.

        Of 40 VMs, 3 fit on no host
          - db-primary: memory on 9 hosts, anti-affinity 'databases' on 2 hosts
          - cache-9: memory on 11 hosts
          - gpu-1: no GPU on 11 hosts
          Together: memory 20 times, no GPU 11 times, anti-affinity 'databases' 2 times.

        These cannot all hold; without any one of them the others can
          - rule 'databases'
          - rule 'licence'
          - memory of h03

          try: allow 12 hosts
          try: drop rule 'databases'

        No plan: proved impossible; nothing was changed.

        """)
  }

  @Test("not knowing is not refusing")
  func undecided() {
    let page = NoPlan(
      goal: .repair, hosts: 1, vms: 2, finding: .undecided(limit: "60 s were not enough"),
      progress: ["the best placement found leaves 1 VM without a host"], remedies: ["raise --time-limit"])
    #expect(
      page.text() == """
        Repair broken rules: 1 host, 2 VMs

        Could not tell
          Neither a plan nor a proof that there is none was found: 60 s were not enough.
          - the best placement found leaves 1 VM without a host

          try: raise --time-limit

        No plan: could not tell within the limits; nothing was changed.

        """)
  }

  @Test("a check says what was read, what is wrong with it, and what is broken today")
  func check() throws {
    try Golden.expect(OtherPages.check().text(), matches: "check.txt")
    #expect(!OtherPages.check().isClean)
  }

  @Test("a check counts the problems that it does not list")
  func omitted() {
    // 25 warnings of one code, of which 20 are kept.
    #expect(OtherPages.check().text().contains("… and 5 more of plan.bad-request"))
    #expect(
      OtherPages.check().text().contains("Check: 1 error, 25 warnings, 1 rule broken, 1 host overloaded."))
  }

  @Test("a rejection names the first instant at which the plan breaks, and lists findings by time")
  func rejected() {
    #expect(
      OtherPages.verdict().text()
        == """
        plan.json: rejected
          It breaks for the first time at 0:01:30.

        Findings (3)
          - hosts_on is 7 in the plan and 8 by its placement [objective]
          - 0:01:30 m0004: spine:ab carries 4,800 of 4,387 MiB/s [link]
          - 0:04:12 m0012 host-07: memory 272 GiB of 256 GiB [capacity]

        Bounds
          hosts on           7  bound 7        recomputed and right (mix)
          memory moved  412 GiB  bound 389 GiB  not recomputed: taken on trust (must-move)

        Checked: 34 moves, 68 instants, 12 hosts, 6 rules.

        Verify: rejected, 3 findings.

        """.replacing("hosts on           7 ", with: "hosts on            7 "))
  }

  @Test("an accepted plan says so first and last")
  func accepted() {
    let text = OtherPages.verdict(isRejected: false).text()
    #expect(text.hasPrefix("plan.json: accepted\n"))
    #expect(text.hasSuffix("Verify: accepted, nothing is wrong.\n"))
  }
}
