"""Where the two wings meet: trained models as pytest fixtures, progress, plans. It knows no article."""
