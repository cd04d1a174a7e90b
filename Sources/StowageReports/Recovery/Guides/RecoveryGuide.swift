import StowageModel

/// What a replicator asks people to do for one copy.
protocol RecoveryGuide {
  /// Whether it says the same of every VM: then it says it once.
  var isUniform: Bool { get }
  /// What must be so before any copy is begun.
  var preconditions: [String] { get }
  /// Begins the copy.
  func setUp(_ copy: CopyFacts) -> [RecoveryStep]
  /// Shows how old it is.
  func look(_ copy: CopyFacts) -> [RecoveryStep]
  /// Starts the VM from it when its site is lost.
  func failOver(_ copy: CopyFacts) -> [RecoveryStep]
  /// Starts it apart from everybody, beside the VM that runs on.
  func test(_ copy: CopyFacts) -> [RecoveryStep]
  /// Takes the test away.
  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep]
  /// Leads the VM back when its site is there again.
  func failBack(_ copy: CopyFacts) -> [RecoveryStep]
}

extension RecoveryGuide {
  var isUniform: Bool { false }
}

/// One thing that people do.
enum RecoveryStep: Hashable, Sendable {
  /// In words: where there is no command line.
  case words(String)
  /// A command of a shell.
  case shell([String])
  /// Lines of PowerShell, already quoted.
  case powerShell([String])
}

/// A copy as guides name it.
struct CopyFacts: Sendable {
  let replica: RecoveryPlan.Replica
  /// Its number on the page, for names of files: `r0001`.
  let number: Int

  var vm: String { replica.vm.rawValue }
  var host: String { replica.host.rawValue }
  /// The host that its links begin at: where the VM runs.
  let home: String

  /// A name for files that holds nothing of an inventory.
  var label: String {
    let digits = String(number)
    return "r" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// `prod`, a name that programs take for nothing else; `nil` when a command cannot carry it.
  func plain(_ name: String) -> String? { GuideFacts.isPlain(name) ? name : nil }

  /// What is said where a name fits into no command.
  static let withheld = RecoveryStep.words(
    "No command is shown: the name of the VM, its host or its storage is one that a program would read as something else. Do this step by hand in the platform's own interface."
  )
}

extension Replicator {
  var guide: any RecoveryGuide {
    switch self {
    case .vSphereReplication: VSphereReplicationGuide()
    case .hcx: HCXGuide()
    case .hyperVReplica: HyperVReplicaGuide()
    case .azureSiteRecovery: AzureSiteRecoveryGuide()
    case .zerto: ZertoGuide()
    case .libvirt: BlockMirrorGuide()
    case .proxmox: StorageReplicationGuide()
    case .zfs: ZFSGuide()
    }
  }
}
