import Foundation
import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// What a sample holds, counted by hand.
struct SampleCount: CustomTestStringConvertible {
  let path: String
  /// Hosts and VMs of the inventory, what is left out not counted.
  let hosts: Int
  let vms: Int
  /// What is left out: templates, snapshots, and the like.
  let skipped: Int
  let rules: Int
  /// VMs whose host is not listed.
  let unplaced: Int
  let kind: String

  init(
    _ path: String, _ kind: String, hosts: Int, vms: Int, skipped: Int = 0, rules: Int = 0, unplaced: Int = 0
  ) {
    self.path = path
    self.kind = kind
    self.hosts = hosts
    self.vms = vms
    self.skipped = skipped
    self.rules = rules
    self.unplaced = unplaced
  }

  var testDescription: String { path }
}

/// Every export beside the package that holds an inventory.
@Suite(
  "Exports beside the package",
  .enabled(if: RVToolsSamples.path("") != nil, "no ../shared/samples beside the package"))
struct ExportSampleTests {
  static let samples: [SampleCount] = [
    SampleCount("proxmox", "proxmox", hosts: 4, vms: 3, skipped: 2, rules: 5),
    SampleCount("proxmox/pve7x-cluster-resources.json", "proxmox", hosts: 4, vms: 3, skipped: 1),
    SampleCount("proxmox/pve8x-cluster-resources.json", "proxmox", hosts: 4, vms: 3, skipped: 1),
    SampleCount("proxmox/pve7x-nodes.json", "proxmox", hosts: 4, vms: 0),
    SampleCount("proxmox/pve8x-nodes.json", "proxmox", hosts: 4, vms: 0),
    SampleCount("proxmox/pve7x-node1-status.json", "proxmox", hosts: 1, vms: 0),
    SampleCount("proxmox/pve8x-node1-status.json", "proxmox", hosts: 1, vms: 0),
    SampleCount("proxmox/pve7x-qemu-101-status-current.json", "proxmox", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("proxmox/pve8x-qemu-101-status-current.json", "proxmox", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("azure-migrate/azure-migrate-import.csv", "azure-migrate", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("aws-migration-hub/aws-mh-import.csv", "aws-migration-hub", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("google-migration-center", "google-migration-center", hosts: 0, vms: 1, unplaced: 1),
    SampleCount(
      "google-migration-center/vmInfo.csv", "google-migration-center", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("aws-mgn/cmf-intake.csv", "aws-migration-hub", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("aws-mgn/mgn-import.csv", "aws-migration-hub", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("aws-mgn", "aws-migration-hub", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("hyperv", "hyperv", hosts: 1, vms: 3, unplaced: 3),
    SampleCount("hyperv/get-vm.csv", "hyperv", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("hyperv/get-vm.ps51.json", "hyperv", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("hyperv/get-vm.fl.txt", "hyperv", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("hyperv/get-vmhost.json", "hyperv", hosts: 1, vms: 0),
    SampleCount("nutanix/prism-central-vms.csv", "nutanix", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("powercli", "powercli", hosts: 2, vms: 2),
    SampleCount("powercli/get-vm.csv", "powercli", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("powercli/get-vmhost.csv", "powercli", hosts: 2, vms: 0),
    SampleCount("xcp-ng/xe-host-list.txt", "xcpng", hosts: 0, vms: 0, skipped: 2),
    SampleCount("xcp-ng/xe-vm-list.txt", "xcpng", hosts: 0, vms: 2, skipped: 0, unplaced: 2),
    SampleCount("xcp-ng", "xcpng", hosts: 0, vms: 2, skipped: 2, unplaced: 2),
    SampleCount("govc", "govc", hosts: 3, vms: 9, skipped: 1, rules: 2),
    SampleCount("govc/host.info.txt", "govc", hosts: 3, vms: 0),
    SampleCount("govc/vm.info.txt", "govc", hosts: 0, vms: 9, unplaced: 9),
    SampleCount("govc/object.collect-vm.json", "govc", hosts: 0, vms: 9, unplaced: 9),
    SampleCount("govc/host.info.json", "govc", hosts: 3, vms: 0),
    SampleCount("govc/vm.info.json", "govc", hosts: 0, vms: 9, unplaced: 9),
    SampleCount("libvirt", "libvirt", hosts: 2, vms: 4),
    SampleCount("libvirt/capabilities.xml", "libvirt", hosts: 1, vms: 0),
    SampleCount("libvirt/test-driver-capabilities.xml", "libvirt", hosts: 1, vms: 0),
    SampleCount("libvirt/nodeinfo.txt", "libvirt", hosts: 1, vms: 0),
    SampleCount("libvirt/test-driver-nodeinfo.txt", "libvirt", hosts: 1, vms: 0),
    SampleCount("libvirt/dumpxml-db01.xml", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/dumpxml-web01.xml", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/dumpxml-inactive-db02-blockers.xml", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/test-driver-dumpxml.xml", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/dominfo-db02.txt", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/dominfo-web01.txt", "libvirt", hosts: 0, vms: 1, unplaced: 1),
    SampleCount("libvirt/domstats-all.txt", "libvirt", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("libvirt/domstats-raw.txt", "libvirt", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("libvirt/domstats.txt", "libvirt", hosts: 0, vms: 2, unplaced: 2),
    SampleCount("openstack", "openstack", hosts: 4, vms: 4, skipped: 2, unplaced: 1),
    SampleCount("openstack/server-list-long.mv2.1.json", "openstack", hosts: 0, vms: 3, unplaced: 3),
    SampleCount(
      "openstack/server-list-long.mv2.96.json", "openstack", hosts: 0, vms: 3, skipped: 1, unplaced: 3),
    SampleCount(
      "openstack/api-os-hypervisors_v2.88_hypervisors-detail-resp.json", "openstack", hosts: 0, vms: 0,
      skipped: 1),
    SampleCount("openstack/hypervisor-list-long.mv2.53.json", "openstack", hosts: 3, vms: 0),
    SampleCount("openstack/hypervisor-list-long.mv2.88.json", "openstack", hosts: 0, vms: 0, skipped: 3),
    SampleCount(
      "openstack/api-os-hypervisors_v2.53_hypervisors-detail-with-servers-resp.json", "openstack", hosts: 1,
      vms: 0),
    SampleCount(
      "openstack/api-servers_v2.96_servers-details-resp.json", "openstack", hosts: 0, vms: 1, skipped: 1,
      unplaced: 1),
    SampleCount(
      "openstack/api-servers_v2.100_servers-details-resp.json", "openstack", hosts: 0, vms: 1, skipped: 1,
      unplaced: 1),
    SampleCount("openstack-watcher/ironic_scenario_1.xml", "watcher", hosts: 0, vms: 0, skipped: 2),
    SampleCount("openstack-watcher/scenario_1.xml", "watcher", hosts: 5, vms: 35, unplaced: 27),
    SampleCount("openstack-watcher/scenario_11_with_1_node_no_instance.xml", "watcher", hosts: 1, vms: 0),
    SampleCount("openstack-watcher/scenario_11_with_2_nodes_2_instances.xml", "watcher", hosts: 2, vms: 2),
    SampleCount(
      "openstack-watcher/scenario_1_with_all_instances_exclude.xml", "watcher", hosts: 5, vms: 35, rules: 1,
      unplaced: 27),
    SampleCount("openstack-watcher/scenario_1_with_all_nodes_disable.xml", "watcher", hosts: 2, vms: 2),
    SampleCount("openstack-watcher/scenario_2_with_metrics.xml", "watcher", hosts: 4, vms: 6),
    SampleCount("openstack-watcher/scenario_3_with_2_nodes.xml", "watcher", hosts: 2, vms: 2),
    SampleCount("openstack-watcher/scenario_4_with_1_node_no_instance.xml", "watcher", hosts: 1, vms: 0),
    SampleCount("openstack-watcher/scenario_5_with_instance_disk_0.xml", "watcher", hosts: 1, vms: 1),
    SampleCount("openstack-watcher/scenario_7_with_2_nodes.xml", "watcher", hosts: 2, vms: 4),
    SampleCount("openstack-watcher/scenario_8_with_4_nodes.xml", "watcher", hosts: 4, vms: 6),
    SampleCount("openstack-watcher/storage_scenario_1.xml", "watcher", hosts: 0, vms: 0),
    SampleCount("ganeti/clean-nonzero-score.data", "ganeti", hosts: 3, vms: 5),
    SampleCount("ganeti/common-suffix.data", "ganeti", hosts: 2, vms: 1),
    SampleCount("ganeti/empty-cluster.data", "ganeti", hosts: 0, vms: 0),
    SampleCount("ganeti/hbal-cpu-speed.data", "ganeti", hosts: 2, vms: 4),
    SampleCount("ganeti/hbal-desiredlocation-1.data", "ganeti", hosts: 2, vms: 1, rules: 1),
    SampleCount("ganeti/hbal-desiredlocation-2.data", "ganeti", hosts: 3, vms: 2, rules: 2),
    SampleCount("ganeti/hbal-desiredlocation-3.data", "ganeti", hosts: 3, vms: 1, rules: 2),
    SampleCount("ganeti/hbal-desiredlocation-4.data", "ganeti", hosts: 2, vms: 1, rules: 3),
    SampleCount("ganeti/hbal-evac.data", "ganeti", hosts: 4, vms: 6),
    SampleCount("ganeti/hbal-forth.data", "ganeti", hosts: 3, vms: 0, skipped: 3),
    SampleCount("ganeti/hbal-location-1.data", "ganeti", hosts: 4, vms: 4),
    SampleCount("ganeti/hbal-location-exclusion.data", "ganeti", hosts: 4, vms: 2, rules: 1),
    SampleCount("ganeti/hbal-migration-1.data", "ganeti", hosts: 4, vms: 6),
    SampleCount("ganeti/hbal-migration-3.data", "ganeti", hosts: 4, vms: 6),
    SampleCount("ganeti/hbal-soft-errors.data", "ganeti", hosts: 3, vms: 54),
    SampleCount("ganeti/hbal-split-insts.data", "ganeti", hosts: 8, vms: 128),
    SampleCount("ganeti/hroller-full.data", "ganeti", hosts: 8, vms: 8),
    SampleCount("ganeti/hroller-nonredundant.data", "ganeti", hosts: 6, vms: 12),
    SampleCount("ganeti/hspace-bad-group.data", "ganeti", hosts: 4, vms: 3),
    SampleCount("ganeti/hspace-existing.data", "ganeti", hosts: 3, vms: 3),
    SampleCount("ganeti/hspace-groups-one.data", "ganeti", hosts: 4, vms: 3),
    SampleCount("ganeti/hspace-tiered-dualspec-exclusive.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered-dualspec.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered-exclusive.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered-ipolicy.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered-resourcetypes.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered-vcpu.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hspace-tiered.data", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/hsqueeze-mixed-instances.data", "ganeti", hosts: 6, vms: 4),
    SampleCount("ganeti/hsqueeze-underutilized.data", "ganeti", hosts: 6, vms: 8),
    SampleCount("ganeti/invalid-node.data", "ganeti", hosts: 2, vms: 1, unplaced: 1),
    SampleCount("ganeti/missing-resources.data", "ganeti", hosts: 2, vms: 0),
    SampleCount("ganeti/multiple-master.data", "ganeti", hosts: 3, vms: 0),
    SampleCount("ganeti/plain-n1-restriction.data", "ganeti", hosts: 4, vms: 8),
    SampleCount("ganeti/shared-n1-restriction.data", "ganeti", hosts: 4, vms: 8),
    SampleCount("ganeti/unique-reboot-order.data", "ganeti", hosts: 3, vms: 4),
    SampleCount("ganeti/rapi/nodes.json", "ganeti", hosts: 4, vms: 0),
    SampleCount("ganeti/rapi/instances.json", "ganeti", hosts: 0, vms: 11, unplaced: 11),
    SampleCount("ganeti/rapi", "ganeti", hosts: 4, vms: 11),
  ]

  @Test("hold what was counted by hand", arguments: samples)
  func counts(sample: SampleCount) throws {
    let path = try #require(RVToolsSamples.path(sample.path), "not beside the package")
    let result = InventoryReader.read(path)
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.sourceKind == sample.kind)
    #expect(inventory.hosts.count == sample.hosts)
    #expect(inventory.vms.count == sample.vms)
    #expect(inventory.rules.count == sample.rules, "\(inventory.rules.map(\.id))")
    #expect(result.counts.unplaced == sample.unplaced)
    let skipped =
      result.counts.templates + result.counts.placeholders + result.counts.skipped.values.reduce(0, +)
    #expect(skipped == sample.skipped, "\(result.counts)")
    let rulesHeld = inventory.hosts.isEmpty ? [] : result.log.kept.filter { $0.severity == .error }
    #expect(rulesHeld.isEmpty)
  }
}

extension ExportSampleTests {
  @Test("lose nothing in the native form and back", arguments: samples)
  func roundTrip(sample: SampleCount) throws {
    let path = try #require(RVToolsSamples.path(sample.path), "not beside the package")
    let inventory = try #require(InventoryReader.read(path).inventory)
    let folder = try TemporaryFolder()
    let document = try folder.write("inventory.json", NativeWriter.document(inventory))
    let again = try #require(InventoryReader.read(document).inventory)
    #expect(again.hosts == inventory.hosts && again.vms == inventory.vms)
    #expect(again.datastores == inventory.datastores && again.rules == inventory.rules)
    let tables = try TemporaryFolder()
    for file in NativeWriter.folder(inventory) { try tables.write(file.name, file.bytes) }
    let third = try #require(InventoryReader.read(tables.path).inventory)
    #expect(third.hosts == inventory.hosts && third.vms == inventory.vms && third.rules == inventory.rules)
  }
}
