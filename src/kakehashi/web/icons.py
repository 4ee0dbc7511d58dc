"""The icons, drawn for this system on a 24 × 24 grid; the keys are the names templates use."""

ICONS: dict[str, str] = {
    "alert": '<path d="M12 3.5 2.5 20h19z"/><path d="M12 10v4.5M12 17.4v.1"/>',
    "arrow-left": '<path d="m15 5-7 7 7 7"/>',
    "arrow-right": '<path d="m9 5 7 7-7 7"/>',
    "calendar": (
        '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 3v4M16 3v4"/>'
    ),
    "check": '<path d="M4 12.5 9.5 18 20 6.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>',
    "copy": '<rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V4H4v12h4"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "download": '<path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 20.5h16"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "eye-off": (
        '<path d="M4 4l16 16M9.5 6A9.6 9.6 0 0 1 12 5.500c6 0 9.5 6.5 9.5 6.500a16 16 0 0 1-3 3.700'
        'M6 7.700A16 16 0 0 0 2.5 12S6 18.5 12 18.500c1.4 0 2.7-.4 3.9-.9"/>'
    ),
    "file": '<path d="M6 3h8l4.5 4.500V21H6z"/><path d="M14 3v5h4.500M9 13h6M9 17h6"/>',
    "form": '<path d="M5 3.500h14v17H5zM8.5 8h7M8.5 12h7M8.5 16h4"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18"/>'
    ),
    "help": (
        '<circle cx="12" cy="12" r="9"/>'
        '<path d="M9.3 9.500a2.8 2.8 0 1 1 4 2.500c-.9.5-1.3 1-1.3 2M12 17v.1"/>'
    ),
    "home": '<path d="M4 11 12 4l8 7v9.500h-5.500V14h-5v6.500H4z"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "leave": '<path d="M14 4h5.500v16H14M3.5 12H14M10 7.500l4.5 4.5-4.5 4.5"/>',
    "lock": '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": (
        '<rect x="3" y="5.5" width="18" height="13" rx="1.5"/>'
        '<path d="m3.5 7 8.5 6.500L20.5 7"/>'
    ),
    "message": '<path d="M4 5h16v11.500h-9L6.5 20.500v-4H4z"/>',
    "note": '<path d="M5 4h14v11l-5 5H5z"/><path d="M19 15h-5v5"/>',
    "offline": '<path d="M5 19v-3M10 19v-7M15 19v-4M20 19V5M3 3l18 18"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 20.500c.8-4 4-6 8-6s7.2 2 8 6"/>',
    "phone": (
        '<path d="M6.5 3.500h3l1.5 4.5-2 1.500a12 12 0 0 0 5.5 5.500l1.5-2 4.5 1.500v3a2 2 0 0 1'
        '-2.2 2A17 17 0 0 1 4.5 5.700a2 2 0 0 1 2-2.200z"/>'
    ),
    "pin": (
        '<path d="M12 21.500s7-6.8 7-12a7 7 0 0 0-14 0c0 5.2 7 12 7 12z"/>'
        '<circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": (
        '<path d="M7 8V3.5h10V8M7 17H4V9.5A1.5 1.5 0 0 1 5.5 8h13A1.5 1.5 0 0 1 20 9.500V17h-3"/>'
        '<path d="M7 14h10v6.500H7z"/>'
    ),
    "run": '<path d="M7 4.500v15l12-7.500z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "shield": '<path d="M12 3 4.5 6v5.500c0 5 3.2 8.2 7.5 9.5 4.3-1.3 7.5-4.5 7.5-9.500V6z"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="1"/>',
    "swap": '<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "unlock": (
        '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 7.7-1.5"/>'
    ),
    "up": '<path d="m5 15 7-7 7 7"/>',
    "upload": '<path d="M12 16V4.5M7 9l5-5 5 5M4 20.5h16"/>',
}

# Which icon a tone wears, so that colour is never the only sign.
OF_TONE = {
    "ok": "check",
    "now": "form",
    "warn": "clock",
    "bad": "alert",
    "solid": "alert",
    "info": "info",
    "conf": "lock",
}
