@testable import PluginAPI

/// JSON texts: what is accepted is written and read again to the same; files may hold all that requests may.
func checkJSON(_ bytes: [UInt8]) {
    let commented = try? JSONDocument(bytes, dialect: .commented)
    guard let document = try? JSONDocument(bytes) else {
        if let commented { walk(commented.root, 0) }
        return
    }
    require(String(validating: bytes, as: UTF8.self) != nil, "not UTF-8, and accepted")
    walk(document.root, 0)
    let tree = document.root.tree
    require(commented?.root.tree == tree, "a request that is no file")
    let text = Array(tree.text.utf8)
    guard let again = try? JSONDocument(text) else { fatalError("what was written is not JSON") }
    require(again.root.tree == tree, "written and read is something else")
    require(Array(again.root.tree.text.utf8) == text, "written twice is something else")
    let place = document.position(of: bytes.count)
    require(place.line >= 1 && place.column >= 1, "a place")
}

/// Every value can be asked for whatever it is.
private func walk(_ cursor: JSONCursor, _ depth: Int) {
    require(depth < JSONDocument.depthLimit, "too deep")
    require(cursor.offset >= 0, "an offset")
    _ = (cursor.string, cursor.bool, cursor.integer, cursor.double)
    cursor.forEachElement { walk($1, depth + 1) }
    cursor.forEachMember { name, value in
        require(cursor.member(name)?.offset == value.offset, "a member that is not found by its name")
        walk(value, depth + 1)
    }
}
