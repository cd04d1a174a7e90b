import StowageDiagnostics
import StowageModel

/// What the tabs of an export say, before it becomes an inventory.
struct RVToolsExport {
  /// The hosts of vHost.
  var hosts = RVToolsHosts()
  /// The VMs of vInfo that are no templates and no placeholders.
  var machines: [RVToolsMachine] = []
  /// The datastores of vDatastore; their hosts as vDatastore names them.
  var datastores: [Datastore] = []
  /// Clusters whose high availability keeps room for some hosts.
  var protectedClusters: [String: Int] = [:]
  /// What was read and left out.
  var counts = ReadCounts()
  /// Custom attributes and tag categories, which are labels of the VMs.
  var customNames: [String] = []
  /// How many VMs have a single sample of their CPU use.
  var cpuSamples = 0
}
