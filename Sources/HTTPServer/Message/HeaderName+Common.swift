// The names a portal meets every day; others are written as literals.
extension HeaderName {
    /// `accept`.
    public static var accept: HeaderName { "accept" }
    /// `accept-encoding`.
    public static var acceptEncoding: HeaderName { "accept-encoding" }
    /// `accept-language`.
    public static var acceptLanguage: HeaderName { "accept-language" }
    /// `accept-ranges`.
    public static var acceptRanges: HeaderName { "accept-ranges" }
    /// `access-control-request-headers`.
    public static var accessControlRequestHeaders: HeaderName { "access-control-request-headers" }
    /// `access-control-request-method`.
    public static var accessControlRequestMethod: HeaderName { "access-control-request-method" }
    /// `allow`.
    public static var allow: HeaderName { "allow" }
    /// `authorization`.
    public static var authorization: HeaderName { "authorization" }
    /// `cache-control`.
    public static var cacheControl: HeaderName { "cache-control" }
    /// `connection`.
    public static var connection: HeaderName { "connection" }
    /// `content-disposition`.
    public static var contentDisposition: HeaderName { "content-disposition" }
    /// `content-encoding`.
    public static var contentEncoding: HeaderName { "content-encoding" }
    /// `content-length`.
    public static var contentLength: HeaderName { "content-length" }
    /// `content-range`.
    public static var contentRange: HeaderName { "content-range" }
    /// `content-security-policy`.
    public static var contentSecurityPolicy: HeaderName { "content-security-policy" }
    /// `content-type`.
    public static var contentType: HeaderName { "content-type" }
    /// `cookie`.
    public static var cookie: HeaderName { "cookie" }
    /// `date`.
    public static var date: HeaderName { "date" }
    /// `etag`.
    public static var etag: HeaderName { "etag" }
    /// `expect`.
    public static var expect: HeaderName { "expect" }
    /// `forwarded`.
    public static var forwarded: HeaderName { "forwarded" }
    /// `host`.
    public static var host: HeaderName { "host" }
    /// `idempotency-key`.
    public static var idempotencyKey: HeaderName { "idempotency-key" }
    /// `if-match`.
    public static var ifMatch: HeaderName { "if-match" }
    /// `if-modified-since`.
    public static var ifModifiedSince: HeaderName { "if-modified-since" }
    /// `if-none-match`.
    public static var ifNoneMatch: HeaderName { "if-none-match" }
    /// `if-range`.
    public static var ifRange: HeaderName { "if-range" }
    /// `if-unmodified-since`.
    public static var ifUnmodifiedSince: HeaderName { "if-unmodified-since" }
    /// `last-modified`.
    public static var lastModified: HeaderName { "last-modified" }
    /// `link`.
    public static var link: HeaderName { "link" }
    /// `location`.
    public static var location: HeaderName { "location" }
    /// `origin`.
    public static var origin: HeaderName { "origin" }
    /// `range`.
    public static var range: HeaderName { "range" }
    /// `referer`.
    public static var referer: HeaderName { "referer" }
    /// `retry-after`.
    public static var retryAfter: HeaderName { "retry-after" }
    /// `server`.
    public static var server: HeaderName { "server" }
    /// `set-cookie`.
    public static var setCookie: HeaderName { "set-cookie" }
    /// `traceparent`.
    public static var traceparent: HeaderName { "traceparent" }
    /// `transfer-encoding`.
    public static var transferEncoding: HeaderName { "transfer-encoding" }
    /// `upgrade`.
    public static var upgrade: HeaderName { "upgrade" }
    /// `user-agent`.
    public static var userAgent: HeaderName { "user-agent" }
    /// `vary`.
    public static var vary: HeaderName { "vary" }
    /// `www-authenticate`.
    public static var wwwAuthenticate: HeaderName { "www-authenticate" }
    /// `x-correlation-id`.
    public static var xCorrelationID: HeaderName { "x-correlation-id" }
    /// `x-forwarded-for`.
    public static var xForwardedFor: HeaderName { "x-forwarded-for" }
    /// `x-request-id`.
    public static var xRequestID: HeaderName { "x-request-id" }
}
