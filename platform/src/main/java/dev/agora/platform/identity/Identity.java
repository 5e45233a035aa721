package dev.agora.platform.identity;

/** Names the header, the issuer and the claims of a signed identity. */
public final class Identity {

	/** The header that carries the identity from the gateway to a service. */
	public static final String HEADER = "X-Agora-Identity";

	/** The exchange attribute with the id of the member who sends the request. */
	public static final String MEMBER = "agora.member";

	/** The issuer of identities. */
	public static final String ISSUER = "session-service";

	/** The claim with the member's handle. */
	public static final String HANDLE = "handle";

	/** The claim with the member's name. */
	public static final String NAME = "name";

	/** The claim with the member's version. */
	public static final String VERSION = "ver";

	/** The claim with the session's id. */
	public static final String SESSION = "sid";

	/** The claim that the member is an operator; other identities do not have it. */
	public static final String OPERATOR = "op";

	private Identity() {
	}

}
