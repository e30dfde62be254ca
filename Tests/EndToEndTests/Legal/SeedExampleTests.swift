import Testing

/// The program's answers to seed 003's own examples, which run as they are written but for the address.
@Suite struct `Seed 003's examples` {
    @Test func `in Python list cases and send a message`() async throws {
        try await Self.run("python3", "example.py", Self.python)
    }

    @Test func `in JavaScript list cases and send a message`() async throws {
        let output = try await Self.run("node", "example.js", Self.javaScript)
        #expect(output.contains("case_number: 'CD-") && output.contains("sender: { id: 1, name: 'John Doe' }"))
    }

    /// Runs an example and finds what it sent.
    ///
    /// - Returns: what it printed.
    @discardableResult
    private static func run(_ interpreter: String, _ name: String, _ example: String) async throws -> String {
        let firm = try LawFirm()
        defer { withExtendedLifetime(firm) {} }
        let process = try await PorticoProcess.start(firm.place)
        let address = "https://example.com"
        #expect(example.contains(address))
        let folder = try TemporaryFolder()
        try folder.write(example.replacing(address, with: "http://localhost:\(process.port)"), to: name)
        // The demo listens on 127.0.0.1 alone, and older Node takes the first address of localhost, whichever it is.
        let run = try await Command.run([
            "/usr/bin/env", "NODE_OPTIONS=--dns-result-order=ipv4first", interpreter, "\(folder.path)/\(name)",
        ])
        #expect(run.ending == .exit(0), "\(run.output)")
        let client = try await LegalPerson("client_username", at: process)
        let messages = try await client.get("/api/portal/messages/1/")["messages"].elements
        #expect(messages.last?["content"] == "This is a message sent via the API", "\(messages)")
        #expect(messages.filter { $0["content"] == "This is a message sent via the API" }.count == 1)
        return run.output
    }

    private static let python = #"""
        import requests
        import json

        # Authentication
        auth_url = "https://example.com/api/token/"
        auth_data = {
            "username": "client_username",
            "password": "client_password"
        }
        auth_response = requests.post(auth_url, json=auth_data)
        token = auth_response.json()["access"]

        # Get cases
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json"
        }
        cases_url = "https://example.com/api/portal/cases/"
        cases_response = requests.get(cases_url, headers=headers)
        cases = cases_response.json()

        # Send a message
        thread_id = 1
        message_url = f"https://example.com/api/portal/messages/{thread_id}/"
        message_data = {
            "content": "This is a message sent via the API"
        }
        message_response = requests.post(message_url, headers=headers, json=message_data)
        """#

    private static let javaScript = #"""
        // Authentication
        async function authenticate() {
          const response = await fetch('https://example.com/api/token/', {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json'
            },
            body: JSON.stringify({
              username: 'client_username',
              password: 'client_password'
            })
          });

          const data = await response.json();
          return data.access;
        }

        // Get cases
        async function getCases(token) {
          const response = await fetch('https://example.com/api/portal/cases/', {
            headers: {
              'Authorization': `Bearer ${token}`
            }
          });

          return await response.json();
        }

        // Send a message
        async function sendMessage(token, threadId, content) {
          const response = await fetch(`https://example.com/api/portal/messages/${threadId}/`, {
            method: 'POST',
            headers: {
              'Authorization': `Bearer ${token}`,
              'Content-Type': 'application/json'
            },
            body: JSON.stringify({
              content: content
            })
          });

          return await response.json();
        }

        // Usage
        (async () => {
          const token = await authenticate();
          const cases = await getCases(token);
          console.log(cases);

          if (cases.length > 0) {
            const threadId = 1;
            const message = await sendMessage(token, threadId, 'This is a message sent via the API');
            console.log(message);
          }
        })();
        """#
}
