import Foundation
import StowageCommandLine

let console = Console.standard(environment: ProcessInfo.processInfo.environment)
exit(StowageCommand.run(Array(CommandLine.arguments.dropFirst()), on: console))
