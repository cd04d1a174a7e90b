/// VM names as numbers of Proxmox, hosts and moves as they are.
enum VMNumbers {
  static func number(_ name: String) -> String {
    let vms = [
      "db-1", "db-2", "gpu-render", "backup-proxy", "web-1", "app-1", "cache-1", "queue-1", "files-1",
      "install-media", "old-erp",
    ]
    return vms.firstIndex(of: name).map { "\(101 + $0)" } ?? name
  }
}
