"""Checks of .ci/script-syntax: script-syntax.py STOWAGE FOLDER, in an environment that has the parsers."""

import json
import os
import subprocess
import sys

import tree_sitter
import tree_sitter_powershell

stowage, folder = sys.argv[1:]
ansible = os.path.join(os.path.dirname(sys.executable), "ansible-playbook")
platforms = "libvirt vmware hyperv proxmox openstack ganeti xcpng kubevirt".split()
owned = os.path.join(folder, "owned")
# Those that a command line can carry as they are, then those that none can.
carried = [
    "a'; rm -rf ~ #", f"$(touch {owned})", f"`touch {owned}`", "'", "''", "\\", "\\'", '"', "a b", "~", "!!", "a;b", "a&b",
    "a|b", "a>b", "{a,b}", "<script>alert(1)</script>", "%s%n", "user@host", "☃", "日本語", "x" * 255, "@(1)", "$env:PATH",
    "#", "<#", "#>", "@'", "'@", "a`nb", "--%", "\u2018; Remove-Item x; \u2019", "\u201a$(x)\u201b", "\u201cx\u201d",
    f"{{{{ lookup('pipe', 'touch {owned}') }}}}", "{% x %}", "-rf", "--help",
]
hidden = ["a\nb", "\n```\nrm -rf ~\n```", "\x1b[2J", "a\u202eb", "a\u2028b"]


def run(*words, status=0, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def plan(name, vms, rules, *options):
    place = os.path.join(folder, name)
    os.mkdir(place)
    hosts = [{"id": host, "cores": 512, "memory_mib": 1 << 20, "network_gbps": 10} for host in ("old", "new")]
    fleet = {"hosts": hosts, "vms": [{"id": vm, "vcpus": 1, "memory_mib": 1024, "host": "old"} for vm in vms]}
    fleet["rules"] = {"schema": "stowage.rules/v1", "rules": rules}
    with open(f"{place}/inventory.json", "w") as file:
        json.dump({"schema": "stowage.inventory/v1", **fleet}, file)
    run(stowage, "plan", place + "/inventory.json", "--goal", "evacuate", "--hosts", "old", "--deterministic", "--out", place,
        *options)
    return place


def script(place, platform, form):
    return run(stowage, "runbook", f"{place}/plan.json", "--inventory", f"{place}/inventory.json", "--platform", platform,
               "--format", form)


# A night in which the plan waits, so that the parts about hours are read too; a night to come, whenever this is run.
nights = [{"id": "nights", "kind": "window", "vms": ["*"], "from": "22:00", "to": "23:00", "tz": "UTC"}]
start = ("--start", "2098-11-27T21:00:00Z")
hostile = plan("hostile", carried + hidden, nights, *start)
plain = plan("plain", [f"vm-{number}" for number in range(len(carried + hidden))], nights, *start)

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))


def facts(text):
    """Commands and variables of a script, and its literals in single quotes."""
    data = text.removeprefix("\ufeff").encode()
    found = {"command_name": set(), "variable": set(), "verbatim_string_characters": set()}
    nodes = [parser.parse(data).root_node]
    while nodes:
        node = nodes.pop()
        assert node.type != "ERROR" and not node.is_missing, data[node.start_byte:node.end_byte][:200]
        if node.type in found:
            found[node.type].add(data[node.start_byte:node.end_byte].decode())
        nodes += node.children
    return found


def literal(text):
    """As PowerShell writes a text in single quotes, of which it knows five."""
    return "'" + "".join(sign * 2 if sign in "'\u2018\u2019\u201a\u201b" else sign for sign in text) + "'"


for platform in platforms:
    meant, read = (facts(script(place, platform, "ps1")) for place in (plain, hostile))
    for kind in ("command_name", "variable"):
        assert read[kind] <= meant[kind], f"{platform}: {read[kind] - meant[kind]}"
    if platform == "libvirt":
        for name in carried:
            if not name.startswith("-"):
                assert literal(name) in read["verbatim_string_characters"], name
print(f"script-syntax: PowerShell of {len(platforms)} platforms and {len(carried + hidden)} hostile names: no word of theirs is code")

books = [os.path.join(hostile, f"{platform}.yml") for platform in platforms]
for platform, book in zip(platforms, books):
    with open(book, "w") as file:
        file.write(script(hostile, platform, "ansible"))
run(ansible, "--syntax-check", *books)
print(f"script-syntax: Ansible reads the playbooks of {len(platforms)} platforms")

# One is executed: outside of its hours nothing happens; when it is told not to ask, every VM is moved by its very name.
few = [carried[0], next(name for name in carried if "lookup" in name)]
place = plan("few", few, nights, *start)
with open(f"{place}/playbook.yml", "w") as file:
    file.write(script(place, "libvirt", "ansible"))
os.mkdir(f"{place}/bin")
with open(f"{place}/bin/virsh", "w") as file:
    file.write(f"""#!{sys.executable}
import json, sys
words = sys.argv[1:]
with open({place + "/calls"!r}, "a") as calls: calls.write(json.dumps(words) + "\\n")
vm = words[words.index("--domain") + 1] if "--domain" in words else ""
moved = {place + "/moved-"!r} + vm.encode().hex()
if "migrate" in words: open(moved, "w").close()
if "domstate" in words: print("running")
if "domjobinfo" in words: print("Job type:         None")
""")
os.chmod(f"{place}/bin/virsh", 0o755)
environment = {**os.environ, "PATH": f"{place}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "ANSIBLE_LOCALHOST_WARNING": "False"}
journal = f"{place}/journal.jsonl"


def play(status, **variables):
    return run(ansible, f"{place}/playbook.yml", "-e", json.dumps({"journal": journal, **variables}), status=status,
               env=environment, cwd=place)


play(0)
assert not os.path.exists(f"{place}/calls"), "nothing was confirmed, and virsh was called"
play(2, confirmed=["all"])
assert not os.path.exists(f"{place}/calls"), "virsh was called outside of the hours"
play(0, confirmed=["all"], any_time=True)
with open(f"{place}/calls") as file:
    calls = [json.loads(line) for line in file]
assert sorted(call[call.index("--domain") + 1] for call in calls if "migrate" in call) == sorted(few), calls
with open(journal) as file:
    done = [entry["step"] for entry in map(json.loads, file) if entry["outcome"] == "done"]
assert len(set(done)) == len(few), done
assert not os.path.exists(owned), "a name was executed"
print(f"script-syntax: Ansible has executed a playbook of {len(few)} hostile names: each is a name, and hours are kept")
