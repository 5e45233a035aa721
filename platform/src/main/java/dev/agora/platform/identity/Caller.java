package dev.agora.platform.identity;

/**
 * The member on whose behalf a request comes, as the gateway's signed identity says.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param version the version of the member that handle and name were read at
 * @param sessionId the session through which the member is logged in
 */
public record Caller(String id, String handle, String name, long version, String sessionId) {
}
