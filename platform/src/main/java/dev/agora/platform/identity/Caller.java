package dev.agora.platform.identity;

/**
 * The member who sends a request, according to the signed identity.
 *
 * @param id the id of the member
 * @param handle the handle of the member
 * @param name the name of the member
 * @param version the version of the member that had this handle and name
 * @param sessionId the session of the member
 */
public record Caller(String id, String handle, String name, long version, String sessionId) {
}
