"""Where does it live? The declared tables, the lake and its views."""
