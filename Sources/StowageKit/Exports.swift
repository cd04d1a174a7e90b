// `import StowageKit` is the one import for library users: it brings the words of the domain, the
// readers, the judge and the pages along.
@_exported public import StowageCosts
@_exported public import StowageDiagnostics
@_exported public import StowageFormats
@_exported public import StowageModel
@_exported public import StowageReports
@_exported public import StowageVerification
