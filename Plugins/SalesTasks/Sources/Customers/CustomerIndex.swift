internal import PluginAPI

/// The full-text index of customers. It holds no text of its own, so that it must be told what stood in a row before the row
/// changes or goes; triggers may not do it, since a schema that is not trusted must not touch virtual tables.
extension Transaction {
    /// Adds customers to the index, by a condition.
    borrowing func index(customers which: SQL) throws(StoreError) {
        try run(
            """
            INSERT INTO salestasks_customer_text (rowid, name, description, email)
            SELECT seq, name, description, email FROM salestasks_customer WHERE \(which)
            """)
    }

    /// Takes customers out of the index, by a condition; before they change or go.
    borrowing func unindex(customers which: SQL) throws(StoreError) {
        try run(
            """
            INSERT INTO salestasks_customer_text (salestasks_customer_text, rowid, name, description, email)
            SELECT 'delete', seq, name, description, email FROM salestasks_customer WHERE \(which)
            """)
    }
}
