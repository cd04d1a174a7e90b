import CGLPK
import Testing

@testable import GLPKBackend

struct GLPKReturnCodeTests {
  @Test("every code of glpk.h has a case of its own")
  func exhaustive() {
    let codes = (0...GLP_ERANGE).map(GLPKReturnCode.init)
    for (index, code) in codes.enumerated() {
      #expect(code != .unknown(Int32(index)))
      #expect(codes.filter { $0 == code }.count == 1)
    }
  }

  @Test("a code that glpk.h does not have is kept")
  func unknown() {
    #expect(GLPKReturnCode(99) == .unknown(99))
  }
}
